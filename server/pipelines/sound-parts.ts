import type { ObjectChoice, Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { parsePipeline } from '@penstock/schemas/parse.ts'

/** The smallest document that parses; each part of a broken one is tried in its place. */
const smallest = {
  name: 'x',
  source: { connector: 'x', connection: {} },
  objects: { x: {} },
  destination: { type: 'x', connection: {}, schema: 'x' },
}

/**
 * The parts of a document that are as the schema says, where the whole is not: so that what is wrong with their meaning can be
 * said together with what is wrong with the others' form. Objects count one by one; a source may be sound but for its connection.
 */
export function soundParts(document: unknown): Partial<Pipeline> {
  if (!isObject(document)) return {}
  const parts: Partial<Pipeline> = {}
  for (const key of ['name', 'schemaChanges', 'newFields', 'concurrency', 'schedule', 'destination'] as const)
    Object.assign(parts, picked(tryPart({ [key]: document[key] }), key, document))
  const { source, objects } = document
  const parsed = tryPart({ source }) ?? (isObject(source) ? tryConnectorOnly(source['connector']) : undefined)
  if (parsed && source !== undefined) parts.source = parsed.source
  if (isObject(objects)) parts.objects = soundObjects(objects)
  return parts
}

/** `connection` as a saved one's id says nothing that could be checked without the app. */
function tryConnectorOnly(connector: unknown): Pipeline | undefined {
  return tryPart({ source: { connector, connection: unknownConnection } })
}

/** Stands for a connection that is not sound: its own problems are said already. */
export const unknownConnection = '?'

function soundObjects(objects: Readonly<Record<string, unknown>>): Pipeline['objects'] {
  const sound: Pipeline['objects'] = {}
  for (const [name, choice] of Object.entries(objects)) {
    const parsed = tryPart({ objects: { [name]: choice } })
    Object.assign(sound, parsed?.objects ?? { [name]: soundChoice(choice) })
  }
  return sound
}

function soundChoice(choice: unknown): ObjectChoice {
  if (!isObject(choice)) return {}
  const { startAt, fields } = choice
  const dated = tryPart({ objects: { x: { startAt } } })?.objects['x']
  const sound = Object.entries(isObject(fields) ? fields : {}).map(
    ([path, protection]) =>
      tryPart({ objects: { x: { fields: { [path]: protection } } } })?.objects['x']?.fields,
  )
  return { ...(startAt === undefined ? {} : dated), fields: Object.assign({}, ...sound) }
}

function tryPart(part: Readonly<Record<string, unknown>>): Pipeline | undefined {
  const answer = parsePipeline({ ...smallest, ...part })
  return 'value' in answer ? answer.value : undefined
}

function picked<K extends keyof Pipeline>(
  parsed: Pipeline | undefined,
  key: K,
  document: Readonly<Record<string, unknown>>,
): Partial<Pipeline> {
  return parsed && document[key] !== undefined ? { [key]: parsed[key] } : {}
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
