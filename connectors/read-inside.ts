import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import type { ConnectorProblem } from './manifest-problems.ts'
import { maxManifestBytes, type YamlRefusal } from './read-yaml.ts'

/** Reads a text file, if it truly lies inside the folder: no .. and no link leads out of it. */
export async function readInside(
  folder: string,
  file: string,
): Promise<{ readonly text: string } | { readonly problem: ConnectorProblem }> {
  const missing = {
    file,
    pointer: '',
    message: 'This file is missing.',
    fix: `Create ${file} in the folder.`,
  }
  const [root, path] = await Promise.all([realpath(folder), realpath(join(folder, file))]).catch(() => [])
  if (root === undefined || path === undefined) return { problem: missing }
  const way = relative(root, path)
  if (isAbsolute(file) || way.split(sep)[0] === '..' || isAbsolute(way)) {
    const message = 'This file lies outside the connector’s folder.'
    return { problem: { file, pointer: '', message, fix: 'Put it in the folder: a connector stands alone.' } }
  }
  const { size } = await stat(path)
  if (size > maxManifestBytes)
    return {
      problem: refusal(file, {
        why: `It is larger than ${maxManifestBytes} bytes.`,
        fix: 'Make it smaller.',
      }),
    }
  return { text: await readFile(path, 'utf8') }
}

/** A file whose text was not taken, and why. */
export function refusal(file: string, { why, fix, line }: YamlRefusal): ConnectorProblem {
  const problem = { file, pointer: '', message: `This file was not read. ${why}`, fix }
  return line === undefined ? problem : { ...problem, line }
}
