import type { Manifest } from '@penstock/schemas/generated/manifest.ts'
import type { RecordSchema } from '@penstock/schemas/generated/record.ts'
import { parseManifest, parseRecordSchema } from '@penstock/schemas/parse.ts'
import type { ConnectorProblem } from './manifest-problems.ts'
import { readInside, refusal } from './read-inside.ts'
import { readJson } from './read-json.ts'
import { readYaml } from './read-yaml.ts'

/** One API that Penstock can read: its manifest and the schemas of its records, checked. */
export interface Connector {
  readonly name: string
  /** The folder's path, as it was asked for; empty where it was read from no folder. */
  readonly folder: string
  readonly manifest: Manifest
  /** Object → the schema of its records. */
  readonly records: ReadonlyMap<string, RecordSchema>
}

/** What a folder holds, as far as it could be read. */
export interface ReadConnector {
  readonly connector: Connector | undefined
  readonly problems: readonly ConnectorProblem[]
  /** The text of each file that was read, by its name. */
  readonly texts: ReadonlyMap<string, string>
}

/** Where a connector's files are: answers the text of one by its name, or why it cannot. */
export type ReadFile = (
  file: string,
) => Promise<{ readonly text: string } | { readonly problem: ConnectorProblem }>

/** Reads a connector's folder: that its files are there, stay in the folder, and are what their schemas say. */
export async function readConnector(folder: string): Promise<ReadConnector> {
  return await readConnectorFrom(folder, async (file) => readInside(folder, file))
}

/** The same of files that are elsewhere. `place` is what stands for the folder's path. */
export async function readConnectorFrom(place: string, readFile: ReadFile): Promise<ReadConnector> {
  const file = 'manifest.yaml'
  const texts = new Map<string, string>()
  const unread = (problems: readonly ConnectorProblem[]) => ({ connector: undefined, problems, texts })
  const read = await readFile(file)
  if ('problem' in read) return unread([read.problem])
  texts.set(file, read.text)
  const yaml = readYaml(read.text)
  if ('refused' in yaml) return unread(yaml.refused.map((why) => refusal(file, why)))
  if (!isObject(yaml.value)) return unread([noManifest(file, yaml.value)])
  const parsed = parseManifest(yaml.value)
  if ('problems' in parsed) return unread(parsed.problems.map((problem) => ({ file, ...problem })))
  const { records, problems } = await readRecords(readFile, parsed.value, texts)
  return {
    connector: { name: parsed.value.name, folder: place, manifest: parsed.value, records },
    problems,
    texts,
  }
}

async function readRecords(
  readFile: ReadFile,
  manifest: Manifest,
  texts: Map<string, string>,
): Promise<{
  readonly records: ReadonlyMap<string, RecordSchema>
  readonly problems: readonly ConnectorProblem[]
}> {
  const records = new Map<string, RecordSchema>()
  const problems: ConnectorProblem[] = []
  for (const [object, { record }] of Object.entries(manifest.objects)) {
    const answer = await readRecord(readFile, record, texts)
    if ('schema' in answer) records.set(object, answer.schema)
    else
      problems.push(
        ...answer.problems.map((problem) => (answer.missing ? blameManifest(problem, object) : problem)),
      )
  }
  return { records, problems: uniqueProblems(problems) }
}

async function readRecord(
  readFile: ReadFile,
  file: string,
  texts: Map<string, string>,
): Promise<
  | { readonly schema: RecordSchema }
  | { readonly problems: readonly ConnectorProblem[]; readonly missing?: boolean }
> {
  const read = await readFile(file)
  if ('problem' in read) return { problems: [read.problem], missing: true }
  texts.set(file, read.text)
  const json = readJson(read.text)
  if ('refused' in json) return { problems: json.refused.map((why) => refusal(file, why)) }
  if (!isObject(json.value) || (!('type' in json.value) && !('properties' in json.value)))
    return { problems: [noRecordSchema(file)] }
  const parsed = parseRecordSchema(json.value)
  return 'value' in parsed
    ? { schema: parsed.value }
    : { problems: parsed.problems.map((problem) => ({ file, ...problem })) }
}

/** A record file that is missing or outside is a mistake of the manifest, at the place that names it. */
function blameManifest(problem: ConnectorProblem, object: string): ConnectorProblem {
  if (problem.pointer !== '' || problem.message.includes('not read')) return problem
  const message = `${problem.file}: ${problem.message}`
  return { ...problem, file: 'manifest.yaml', pointer: `/objects/${object}/record`, message }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const manifestKeys =
  'name and title; api, with a region and its address; authentication; check, a request that any token may make; objects, each with its primaryKey, record and read'

function noManifest(file: string, value: unknown): ConnectorProblem {
  const message = value === null ? 'This file is empty.' : 'This file is no manifest.'
  const fix = `Every manifest has these keys: ${manifestKeys}.`
  return { file, pointer: '', message, fix }
}

function noRecordSchema(file: string): ConnectorProblem {
  const fix =
    'Write { "type": "object", "properties": { … } }, with each field of the record under properties, such as "id": { "type": "string" }.'
  return { file, pointer: '', message: 'This is no JSON Schema of a record.', fix }
}

function uniqueProblems(problems: readonly ConnectorProblem[]): readonly ConnectorProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]
}
