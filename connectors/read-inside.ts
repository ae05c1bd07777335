import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import type { ConnectorProblem } from './manifest-problems.ts'
import { decodeText } from './decode-text.ts'
import { missingFile } from './missing-file.ts'
import { maxManifestBytes, type YamlRefusal } from './read-yaml.ts'

/** Reads a text file, if it truly lies inside the folder: no .. and no link leads out of it. */
export async function readInside(
  folder: string,
  file: string,
): Promise<{ readonly text: string } | { readonly problem: ConnectorProblem }> {
  const [root, path] = await Promise.all([realpath(folder), realpath(join(folder, file))]).catch(() => [])
  if (root === undefined || path === undefined)
    return {
      problem: missingFile(file, await neighboursOf(folder, file), `Create ${file} in the folder.`),
    }
  if (isAbsolute(file) || leadsOut(relative(root, path))) {
    const message = 'This file lies outside the connector’s folder.'
    return { problem: { file, pointer: '', message, fix: 'Put it in the folder: a connector stands alone.' } }
  }
  const answer = await readText(path)
  return typeof answer === 'string' ? { text: answer } : { problem: refusal(file, answer) }
}

/** The text of what a path leads to, or why there is none. A pipe is not waited for. */
async function readText(path: string): Promise<string | YamlRefusal> {
  try {
    const found = await stat(path)
    if (!found.isFile())
      return {
        why: `It is ${found.isDirectory() ? 'a folder' : 'no file'}.`,
        fix: 'Put a file in its place.',
      }
    if (found.size > maxManifestBytes)
      return { why: `It is larger than ${maxManifestBytes} bytes.`, fix: 'Make it smaller.' }
    const text = decodeText(await readFile(path))
    return text ?? { why: 'It is not written in UTF-8.', fix: 'Save it as UTF-8.' }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return { why: `It cannot be read${code}.`, fix: 'Check its permissions.' }
  }
}

function leadsOut(way: string): boolean {
  return way.split(sep)[0] === '..' || isAbsolute(way)
}

/** What else is in the part of the folder where a file is looked for. */
async function neighboursOf(folder: string, file: string): Promise<readonly string[]> {
  const part = dirname(file)
  if (isAbsolute(file) || leadsOut(relative(folder, join(folder, part)))) return []
  const names = await readdir(join(folder, part)).catch(() => [])
  return names.map((name) => (part === '.' ? name : `${part}/${name}`))
}

/** A file whose text was not taken, and why. */
export function refusal(file: string, { why, fix, line }: YamlRefusal): ConnectorProblem {
  const problem = { file, pointer: '', message: `This file was not read. ${why}`, fix }
  return line === undefined ? problem : { ...problem, line }
}
