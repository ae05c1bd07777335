import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { Field, SensitiveKind } from '@penstock/schemas/generated/record.ts'
import type { Cell, ColumnType, Row } from './destination.ts'
import type { RunInput } from './execute-run.ts'
import { guessSensitive } from './guess-sensitive.ts'
import { rootOf } from './object-tree.ts'
import { openSource, type SourceAccess } from './open-source.ts'
import { startOf } from './plan-groups.ts'
import { planTable } from './plan-table.ts'
import type { Protection } from './protect-tree.ts'
import { Pseudonymiser } from './protect-value.ts'
import { asRunFailure } from './run-outcome.ts'
import { sampleRecords, type SampledRecord } from './sample-records.ts'
import type { TableShape } from './table-shape.ts'

export interface PreviewInput
  extends SourceAccess, Pick<RunInput, 'pipeline' | 'hashKey' | 'hashKeyVersion' | 'decisions'> {
  readonly object: string
  /** An answer that is none is not asked for again: whoever waits can mend the question. */
  readonly askOnce?: boolean
  /** Rows, 50 at the most. */
  readonly limit: number
}

export interface PreviewColumn {
  readonly field: string
  readonly type: ColumnType
  /** What personal data it holds: as the record schema says, or, of a field that it does not know, by name and value. */
  readonly sensitive: SensitiveKind | null
  /** What happens to the field as a whole. A field that would not land because new ones wait for a decision is excluded. */
  readonly protection: Protection
  /** Paths inside a JSON column that hold personal data, or for which the pipeline says something. */
  readonly inside: readonly {
    readonly path: string
    readonly sensitive: SensitiveKind | null
    readonly protection: Protection
  }[]
}

export interface PreviewCell {
  /** An integer beyond 2^53 is text. Longer text is cut at 2,048 bytes. */
  readonly value: string | number | boolean | null
  /** How many bytes of UTF-8 the whole text has, where it was cut. */
  readonly cut?: number
}

export interface ObjectPreview {
  readonly object: string
  readonly columns: readonly PreviewColumn[]
  /** In the order of `columns`. `before` is what the API sends, shaped; `after` what would land, null where a field is excluded. */
  readonly rows: readonly {
    readonly before: readonly PreviewCell[]
    readonly after: readonly PreviewCell[]
  }[]
  /** Records of the sample that could not land, with the reason. */
  readonly rejected: readonly string[]
}

const mostRows = 50
const mostBytes = 2048

/**
 * Some records of an object, live from the API, as its columns would hold them before and after protection. Nothing is kept. Asks whose
 * account it is, then for one page; what is read parent by parent takes a few requests more. Throws a `RunFailure`.
 */
export async function previewObject(input: PreviewInput): Promise<ObjectPreview> {
  return showSample(await readSample(input), input)
}

/** The records that a preview is made of, as the API sends them. Nothing is kept. Throws a `RunFailure`. */
export async function readSample(input: PreviewInput): Promise<readonly SampledRecord[]> {
  const { connector, pipeline, object, signal } = input
  try {
    using source = await openSource(input, { askOnce: input.askOnce })
    const { client, account } = source
    return await sampleRecords(object, Math.max(1, Math.min(mostRows, input.limit)), {
      connector,
      client,
      references: account.references(new Date().toISOString()),
      startAt: startOf(pipeline, [rootOf(object, connector.manifest.objects), object]),
      signal,
    })
  } catch (error) {
    throw asRunFailure(error, signal)
  }
}

function showSample(sample: readonly SampledRecord[], input: PreviewInput): ObjectPreview {
  const { object, pipeline } = input
  const plain = shapeFor(
    { ...input, decisions: undefined },
    {
      ...pipeline,
      objects: { ...pipeline.objects, [object]: {} },
      schemaChanges: 'auto_sync',
      newFields: 'replicate',
    },
  )
  const safe = shapeFor(input, pipeline)
  const before: Row[] = []
  const after: Row[] = []
  const rejected: string[] = []
  for (const { record, given } of sample) {
    const [one, other] = [plain.shape(record, given), safe.shape(record, given)]
    if ('reason' in one) rejected.push(one.reason)
    else if ('reason' in other) rejected.push(other.reason)
    else {
      before.push(one.row)
      after.push(other.row)
    }
  }
  const landed = safe.upgrade(after, -1)
  const rows = plain.upgrade(before, -1).map((row, place) => ({
    before: row.map(showCell),
    after: plain.columns.map(({ field }) => showCell(landed[place]?.[safe.place(field)] ?? null)),
  }))
  const columns = plain.columns.map(({ field, type }, place) =>
    describeColumn(field, type, { input, safe, example: before.find((row) => row[place] != null)?.[place] }),
  )
  return { object, columns, rows, rejected }
}

function shapeFor(input: PreviewInput, pipeline: Pipeline): TableShape {
  const { connector, object, hashKey, hashKeyVersion, decisions } = input
  const pseudonymiser = new Pseudonymiser(hashKey, hashKeyVersion)
  return planTable({
    connector,
    pipeline,
    object,
    stored: undefined,
    pseudonymiser,
    decisions,
    now: new Date().toISOString(),
  })
}

function describeColumn(
  field: string,
  type: ColumnType,
  {
    input,
    safe,
    example,
  }: { readonly input: PreviewInput; readonly safe: TableShape; readonly example: Cell | undefined },
): PreviewColumn {
  const { connector, pipeline, object } = input
  const schema = connector.records.get(object)?.properties[field]
  const landed = safe.columns[safe.place(field)]
  const protection = landed?.protection.action ?? 'exclude'
  const choices = Object.entries(pipeline.objects[object]?.fields ?? {})
  const sensitive = new Map(schema ? sensitiveInside(schema, field) : [])
  const chosen = new Map(choices.filter(([path]) => path.startsWith(`${field}.`)))
  const paths = [...new Set([...sensitive.keys(), ...chosen.keys()])]
  return {
    field,
    type,
    sensitive: (schema ? schema['x-sensitive'] : guessSensitive(field, example)) ?? null,
    protection,
    inside: paths.map((path) => ({
      path,
      sensitive: sensitive.get(path) ?? null,
      protection: chosen.get(path) ?? protection,
    })),
  }
}

/** Every path below a field that the record schema marks. */
function sensitiveInside(schema: Field, path: string): readonly (readonly [string, SensitiveKind])[] {
  const members = Object.entries(schema.properties ?? schema.items?.properties ?? {})
  return members.flatMap(([name, member]) => {
    const at = `${path}.${name}`
    const kind = member['x-sensitive']
    return [...(kind ? [[at, kind] as const] : []), ...sensitiveInside(member, at)]
  })
}

function showCell(cell: Cell): PreviewCell {
  if (typeof cell === 'bigint') return { value: String(cell) }
  if (typeof cell !== 'string') return { value: cell }
  const { read } = new TextEncoder().encodeInto(cell, new Uint8Array(mostBytes))
  return read === cell.length ? { value: cell } : { value: cell.slice(0, read), cut: Buffer.byteLength(cell) }
}
