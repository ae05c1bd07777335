import { readFile } from 'node:fs/promises'
import { decodeText } from '@penstock/connectors/decode-text.ts'
import { readYaml } from '@penstock/connectors/read-yaml.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { parsePipeline } from '@penstock/schemas/parse.ts'
import { largestDocument } from './is-bounded.ts'
import type { Problem } from './problem.ts'
import { soundParts } from './sound-parts.ts'
import { yamlProblem } from './yaml-problem.ts'

/** A pipeline document as it was read: whole, or what is wrong with its form beside the parts that are sound. */
export type LoadedPipeline =
  | { readonly pipeline: Pipeline; readonly problems: readonly [] }
  | { readonly parts: Partial<Pipeline>; readonly problems: readonly Problem[] }

/** Reads a pipeline document, YAML or JSON, as plain data: no aliases, anchors, tags or repeated keys. Never rejects: what fails is a problem. */
export async function loadPipeline(file: string): Promise<LoadedPipeline> {
  let text: string | undefined
  try {
    text = decodeText(await readFile(file))
  } catch (error) {
    return unreadable([cannotRead(error)])
  }
  if (text === undefined) return unreadable([notText])
  const yaml = readYaml(text, largestDocument)
  if ('refused' in yaml) return unreadable(yaml.refused.map(yamlProblem))
  const parsed = parsePipeline(yaml.value)
  if ('value' in parsed) return { pipeline: parsed.value, problems: [] }
  return { parts: soundParts(yaml.value), problems: parsed.problems }
}

function unreadable(problems: readonly Problem[]): LoadedPipeline {
  return { parts: {}, problems }
}

const notText: Problem = {
  pointer: '',
  message: 'The file is not written in UTF-8.',
  fix: 'Save it as UTF-8.',
}

function cannotRead(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT')
    return {
      pointer: '',
      message: 'There is no such file.',
      fix: 'Check the path, and the folder you are in.',
    }
  if (code === 'EISDIR')
    return { pointer: '', message: 'This is a folder.', fix: 'Name the pipeline document inside it.' }
  return { pointer: '', message: `The file cannot be read (${String(code)}).`, fix: 'Check its permissions.' }
}
