import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import type { Manifest } from '@penstock/schemas/generated/manifest.ts'
import type { RecordSchema } from '@penstock/schemas/generated/record.ts'
import { parseManifest, parseRecordSchema } from '@penstock/schemas/parse.ts'
import type { ConnectorProblem } from './manifest-problems.ts'
import { readJson } from './read-json.ts'
import { maxManifestBytes, readYaml } from './read-yaml.ts'

/** One API that Penstock can read: its manifest and the schemas of its records, checked. */
export interface Connector {
  readonly name: string
  /** The folder's path, as it was asked for. */
  readonly folder: string
  readonly manifest: Manifest
  /** Object → the schema of its records. */
  readonly records: ReadonlyMap<string, RecordSchema>
}

/** What a folder holds, as far as it could be read. */
export interface ReadConnector {
  readonly connector: Connector | undefined
  readonly problems: readonly ConnectorProblem[]
}

/** Reads a connector's folder: that its files are there, stay in the folder, and are what their schemas say. */
export async function readConnector(folder: string): Promise<ReadConnector> {
  const file = 'manifest.yaml'
  const read = await readInside(folder, file)
  if ('problem' in read) return { connector: undefined, problems: [read.problem] }
  const yaml = readYaml(read.text)
  if ('refused' in yaml)
    return { connector: undefined, problems: yaml.refused.map((why) => refusal(file, why)) }
  const parsed = parseManifest(yaml.value)
  if ('problems' in parsed) {
    return { connector: undefined, problems: parsed.problems.map((problem) => ({ file, ...problem })) }
  }
  const { records, problems } = await readRecords(folder, parsed.value)
  return { connector: { name: parsed.value.name, folder, manifest: parsed.value, records }, problems }
}

async function readRecords(
  folder: string,
  manifest: Manifest,
): Promise<{
  readonly records: ReadonlyMap<string, RecordSchema>
  readonly problems: readonly ConnectorProblem[]
}> {
  const records = new Map<string, RecordSchema>()
  const problems: ConnectorProblem[] = []
  for (const [object, { record }] of Object.entries(manifest.objects)) {
    const answer = await readRecord(folder, record)
    if ('schema' in answer) records.set(object, answer.schema)
    else problems.push(...answer.problems.map((problem) => blameManifest(problem, object)))
  }
  return { records, problems: uniqueProblems(problems) }
}

async function readRecord(
  folder: string,
  file: string,
): Promise<{ readonly schema: RecordSchema } | { readonly problems: readonly ConnectorProblem[] }> {
  const read = await readInside(folder, file)
  if ('problem' in read) return { problems: [read.problem] }
  const json = readJson(read.text)
  if ('refused' in json) return { problems: json.refused.map((why) => refusal(file, why)) }
  const parsed = parseRecordSchema(json.value)
  return 'value' in parsed
    ? { schema: parsed.value }
    : { problems: parsed.problems.map((problem) => ({ file, ...problem })) }
}

/** Reads a text file, if it truly lies inside the folder: no .. and no link leads out of it. */
async function readInside(
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
    return { problem: refusal(file, `It is larger than ${maxManifestBytes} bytes.`) }
  return { text: await readFile(path, 'utf8') }
}

function refusal(file: string, why: string): ConnectorProblem {
  return { file, pointer: '', message: `This file was not read. ${why}`, fix: 'Write it as plain data.' }
}

/** A record file that is missing or outside is a mistake of the manifest, at the place that names it. */
function blameManifest(problem: ConnectorProblem, object: string): ConnectorProblem {
  if (problem.pointer !== '' || problem.message.includes('not read')) return problem
  const message = `${problem.file}: ${problem.message}`
  return { ...problem, file: 'manifest.yaml', pointer: `/objects/${object}/record`, message }
}

function uniqueProblems(problems: readonly ConnectorProblem[]): readonly ConnectorProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]
}
