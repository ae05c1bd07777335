import { isMap, parseDocument } from 'yaml'

/** What a record schema knows of a field before a record was seen. */
type BegunField = Readonly<Record<string, unknown>>

/**
 * A record schema to begin with: the fields that the manifest's objects with this file tell records apart and checkpoints by, so that the
 * API can be tried at once; `id` where none does.
 */
export function beginRecord(manifest: string, file: string, title: string): string {
  const fields = objectsWith(manifest, file).flatMap(neededFields)
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    type: 'object',
    properties: Object.fromEntries(fields.length > 0 ? fields : [['id', { type: 'string' }]]),
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}

function objectsWith(manifest: string, file: string): readonly Readonly<Record<string, unknown>>[] {
  const objects = parseDocument(manifest).get('objects')
  if (!isMap(objects)) return []
  return Object.values<unknown>(objects.toJSON())
    .filter(isRecord)
    .filter((one) => one['record'] === file)
}

function neededFields({
  primaryKey,
  checkpoint,
}: Readonly<Record<string, unknown>>): readonly (readonly [string, BegunField])[] {
  const names = Array.isArray(primaryKey) ? primaryKey.filter((name) => typeof name === 'string') : []
  const keys = names.map((name) => [name, { type: 'string', 'x-id': true }] as const)
  if (!isRecord(checkpoint) || typeof checkpoint['field'] !== 'string') return keys
  return [...keys, nested(checkpoint['field'].split(/(?<!\\)\./), timeField(checkpoint['format']))]
}

function timeField(format: unknown): BegunField {
  if (typeof format === 'string' && format.startsWith('unix_')) return { type: 'integer' }
  return format === 'iso8601' ? { type: 'string', format: 'date-time' } : { type: 'string' }
}

/** A field at a path, as the column that holds it. */
function nested([name = '', ...inner]: readonly string[], field: BegunField): readonly [string, BegunField] {
  if (inner.length === 0) return [name.replaceAll('\\.', '.'), field]
  return [
    name.replaceAll('\\.', '.'),
    { type: 'object', properties: Object.fromEntries([nested(inner, field)]) },
  ]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
