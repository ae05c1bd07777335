import { kindByName } from '@penstock/schemas/kind-by-name.ts'

/** Records as a try shows them: text that holds JSON stands for a list or an object. */
export type TriedRows = readonly Readonly<Record<string, unknown>>[]

interface GuessedField {
  type: string | string[]
  'x-sensitive'?: string
  properties?: Record<string, GuessedField>
  items?: GuessedField
}

/** Fields that were read and that the record schema does not have, by the paths it has. */
export function fieldsMissing(rows: TriedRows, known: readonly string[]): readonly string[] {
  const has = (name: string): boolean => known.some((path) => path === name || path.startsWith(`${name}.`))
  return [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !has(name))
}

/**
 * A record schema with these fields added as the records show them: types are guessed, and what came hashed is marked as personal. Undefined
 * where the schema's text cannot be read, or has no properties to add to.
 */
export function completeRecord(text: string, rows: TriedRows, names: readonly string[]): string | undefined {
  const schema = parsed(text)
  if (!isRecord(schema) || !isRecord(schema['properties'])) return undefined
  const added = names.map((name) => [
    name,
    guessField(
      name,
      rows.map((row) => opened(row[name])),
    ),
  ])
  const properties = { ...schema['properties'], ...Object.fromEntries(added) }
  return `${JSON.stringify({ ...schema, properties }, null, 2)}\n`
}

function guessField(name: string, values: readonly unknown[]): GuessedField {
  const there = values.filter((value) => value !== null && value !== undefined)
  const found = [...new Set(there.map(typeOf))]
  // A number with a fraction in one record is a number in all of them.
  const types = found.includes('number') ? found.filter((type) => type !== 'integer') : found
  const all = [...(types.length > 0 ? types : ['string']), ...(there.length < values.length ? ['null'] : [])]
  const field: GuessedField = { type: all.length === 1 ? (all[0] ?? 'string') : all }
  if (there.some(isToken)) field['x-sensitive'] = kindByName(name) ?? 'free_text'
  const objects = there.filter(isRecord)
  if (objects.length > 0) field.properties = guessInside(objects)
  const lists = there.filter((value) => Array.isArray(value)).flat()
  if (lists.length > 0) field.items = guessField(name, lists)
  return field
}

function guessInside(objects: readonly Readonly<Record<string, unknown>>[]): Record<string, GuessedField> {
  const names = [...new Set(objects.flatMap((one) => Object.keys(one)))]
  return Object.fromEntries(
    names.map((name) => [
      name,
      guessField(
        name,
        objects.map((one) => one[name]),
      ),
    ]),
  )
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

function isToken(value: unknown): boolean {
  return typeof value === 'string' && /^h\d+:[\w-]{20,}$/.test(value)
}

/** Lists and objects come as JSON text. */
function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  const inside = parsed(value)
  return typeof inside === 'object' && inside !== null ? inside : value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
