import type { Field, SensitiveKind } from '@penstock/schemas/generated/record.ts'
import { guessSensitive } from './guess-sensitive.ts'
import { maskValue, showPlain, showToken } from './mask-value.ts'
import { planProtection, protectTree, type ProtectionNode } from './protect-tree.ts'
import { Pseudonymiser } from './protect-value.ts'
import { readSample, type PreviewInput } from './preview-object.ts'
import { isJsonObject, type Json } from './read-path.ts'
import type { SampledRecord } from './sample-records.ts'

/** One example of a field, as it may be shown to whoever protects it. */
export interface FieldSample {
  /** Dotted; a list is passed through without an index. */
  readonly path: string
  /** The value where it is nobody's; where it is personal, a hint of its shape (see `maskValue`). */
  readonly shown: string
  /** The beginning of the token that stands for the same value once it is hashed. */
  readonly hashed: string
}

export interface FieldSamples {
  /** How many records were looked at. */
  readonly records: number
  readonly samples: readonly FieldSample[]
}

/**
 * An example for each field of an object, live from the API: of the first record that has one. No personal value is in it. A field inside
 * JSON has its own; what no record has, has none. Nothing is kept. Throws a `RunFailure`.
 */
export async function sampleFields(input: PreviewInput): Promise<FieldSamples> {
  const records = await readSample(input)
  return { records: records.length, samples: samplesOf(records, input) }
}

function samplesOf(
  records: readonly SampledRecord[],
  { connector, object, hashKey, hashKeyVersion }: PreviewInput,
): readonly FieldSample[] {
  const declared = connector.records.get(object)?.properties ?? {}
  const pseudonymiser = new Pseudonymiser(hashKey, hashKeyVersion)
  const found = new Map<string, FieldSample>()
  for (const { record, given } of records) {
    const whole = { ...(isJsonObject(record) ? record : {}), ...given }
    for (const [path, value] of Object.entries(whole)) {
      const schema = Object.hasOwn(declared, path) ? declared[path] : undefined
      if (schema?.['x-omit'] !== undefined) continue
      const guess = schema ? undefined : guessSensitive(path, value)
      const node = hashNode(schema, guess ?? 'free_text')
      collect(found, { path, value, token: protectTree(value, node, pseudonymiser), schema, around: guess })
    }
  }
  return [...found.values()]
}

interface Place {
  readonly path: string
  readonly value: Json
  /** The same place in the hashed tree. */
  readonly token: Json
  readonly schema: Field | undefined
  /** The kind of personal data it lies in, if any. */
  readonly around: SensitiveKind | undefined
}

/** Takes the first scalar at a path; goes into lists, and into what the schema declares inside objects. */
function collect(found: Map<string, FieldSample>, place: Place): void {
  const { path, value, token, schema } = place
  const around = schema?.['x-sensitive'] ?? place.around
  if (value === null || value === undefined || value === '') return
  if (Array.isArray(value)) {
    const tokens = Array.isArray(token) ? token : []
    for (const [index, item] of value.slice(0, 10).entries())
      collect(found, { path, value: item, token: tokens[index], schema: schema?.items, around })
  } else if (isJsonObject(value)) {
    const inside = isJsonObject(token) ? token : {}
    for (const [name, member] of Object.entries(schema?.properties ?? {}))
      if (Object.hasOwn(value, name) && member['x-omit'] === undefined)
        collect(found, {
          path: `${path}.${name}`,
          value: value[name],
          token: inside[name],
          schema: member,
          around,
        })
  } else if (!found.has(path) && typeof token === 'string') {
    // A field that the schema calls harmless may hold an address all the same: its value is looked at, too.
    const kind = around ?? guessSensitive('', value)
    const shown = kind ? maskValue(kind, value) : showPlain(value)
    found.set(path, { path, shown, hashed: showToken(token) })
  }
}

/** Everything hashed, each value under its own kind. */
function hashNode(schema: Field | undefined, kind: SensitiveKind): ProtectionNode {
  return planProtection(schema, new Map([['', 'hash']]), { action: 'hash', kind })
}
