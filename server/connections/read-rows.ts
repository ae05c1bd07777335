import type { Connector } from '@penstock/connectors/read-connector.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { Actor } from '../actor.ts'
import { RecordingClient } from '../egress/recording-client.ts'
import type { RecordedRequest } from '../egress/recording-client.ts'
import type { RunInput } from '../engine/execute-run.ts'
import { NoListThere } from '../engine/select-records.ts'
import { RunFailure } from '../engine/failures.ts'
import { previewObject } from '../engine/preview-object.ts'
import type { ObjectPreview } from '../engine/preview-object.ts'
import { openHashKey } from '../members/open-hash-key.ts'
import { sensitivePaths } from '../pipelines/sensitive-paths.ts'
import type { CheckedDraft } from './check-draft.ts'

export interface TriedObject {
  readonly check: {
    readonly ok: boolean
    readonly problems: CheckedDraft['problems']
    readonly message: string
  }
  /** By field; what the manifests mark as personal, and what looks like it, is hashed. */
  readonly rows: Record<string, string | number | boolean | null>[]
  readonly requests: RecordedRequest[]
}

/** What is read, and with what. */
export interface RowsToRead extends Pick<RunInput, 'connector' | 'connection' | 'keepTokens' | 'budget'> {
  readonly object: string
  /** Whose marks count beside the connector's own: a draft that forgot a mark shows nobody's address. */
  readonly marksOf?: Connector
}

const mostRows = 10
const mostReasons = 3
const patienceMs = 45_000
const lookAtList = 'Under read, recordsAt is the path to the list; empty where the whole answer is the list.'
const lookAtCredential =
  'Look at what was typed in or saved for the connection, and under authentication at how the manifest sends it.'

/** Reads ten records of an object, protected, and tells which requests that took. A failure is an answer, too: with the requests up to it. */
export async function readRows(actor: Actor, { marksOf, ...what }: RowsToRead): Promise<TriedObject> {
  const http = new RecordingClient({ allowedHosts: actor.services.http.allowedHosts })
  const signal = AbortSignal.timeout(patienceMs)
  try {
    const preview = await previewObject({
      ...what,
      pipeline: protectedPipeline(what, marksOf),
      limit: mostRows,
      askOnce: true,
      http,
      ...(await openHashKey(actor)),
      signal,
    })
    const { rejected } = preview
    const message = rejected.length > 0 ? couldNotLand(rejected) : 'It can be read.'
    const ok = rejected.length === 0
    return { check: { ok, problems: [], message }, rows: rowsOf(preview), requests: http.requests }
  } catch (error) {
    const message = explain(error, signal)
    return { check: { ok: false, problems: [], message }, rows: [], requests: http.requests }
  } finally {
    await http.close()
  }
}

/** What is answered for files that cannot be tried yet. */
export function notTried(problems: CheckedDraft['problems']): TriedObject {
  return { check: { ok: false, problems, message: '' }, rows: [], requests: [] }
}

/** What either manifest marks is hashed. */
function protectedPipeline(
  { connector, object }: Pick<RowsToRead, 'connector' | 'object'>,
  marksOf: Connector | undefined,
): Pipeline {
  const schemas = [marksOf?.records.get(object), connector.records.get(object)]
  const paths = schemas.flatMap((schema) => (schema ? sensitivePaths(schema) : []))
  return {
    name: 'A try',
    source: { connector: connector.name, connection: {} },
    objects: { [object]: { fields: Object.fromEntries(paths.map(({ path }) => [path, 'hash'])) } },
    schemaChanges: 'auto_sync',
    newFields: 'hash_sensitive',
    destination: { type: 'none', connection: {}, schema: 'none' },
  }
}

function rowsOf({ columns, rows }: ObjectPreview): TriedObject['rows'] {
  return rows.map(({ after }) =>
    Object.fromEntries(columns.map(({ field }, place) => [field, after[place]?.value ?? null])),
  )
}

/** How many, and why; the same reason once. */
function couldNotLand(reasons: readonly string[]): string {
  const count = reasons.length === 1 ? '1 record' : `${reasons.length} records`
  return `${count} could not land: ${[...new Set(reasons)].slice(0, mostReasons).join('; ')}.`
}

function explain(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'The API does not answer in time.'
  // Advice for a run (“reconnect; the next run goes on”) would be of no use to somebody who is writing a manifest.
  if (error instanceof RunFailure && error.kind === 'unauthorized')
    return `${error.message} ${lookAtCredential}`
  if (error instanceof NoListThere)
    return `${error.message} ${error.members.length > 0 ? `It has: ${error.members.join(', ')}. ` : ''}${lookAtList}`
  if (error instanceof RunFailure) return `${error.message} ${error.advice}`
  throw error
}
