import type { Connector } from '@penstock/connectors/read-connector.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { RecordingClient } from '../egress/recording-client.ts'
import type { RecordedRequest } from '../egress/recording-client.ts'
import { previewObject } from '../engine/preview-object.ts'
import type { ObjectPreview } from '../engine/preview-object.ts'
import { RunFailure } from '../engine/failures.ts'
import { openHashKey } from '../members/open-hash-key.ts'
import { sensitivePaths } from '../pipelines/sensitive-paths.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { withLines } from './check-draft.ts'
import type { CheckedDraft } from './check-draft.ts'
import { loadSource } from './load-source.ts'
import type { LoadedSource } from './load-source.ts'
import { readDraft } from './read-draft.ts'
import { refuseElsewhere } from './refuse-elsewhere.ts'

export interface ObjectToTry {
  readonly connectionId: string
  readonly object: string
  /** Both, or neither: a draft of the connector, in place of the one that is installed. */
  readonly manifest?: string | undefined
  readonly records?: Readonly<Record<string, string>> | undefined
}

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

const rows = 10
const patienceMs = 45_000

/**
 * Reads ten records of an object through a saved connection, protected, and tells which requests that took. Nothing is kept but that it was
 * done. A failure is an answer, too: with the requests up to it.
 */
export async function tryObject(actor: Actor, input: ObjectToTry): Promise<TriedObject> {
  const source = await loadSource(actor, input.connectionId)
  const { connector, problems } = await chooseConnector(source, input)
  if (!connector || problems.length > 0) return { check: checked(problems, ''), rows: [], requests: [] }
  if (!Object.hasOwn(connector.manifest.objects, input.object))
    throw new DomainError('NOT_FOUND', `${connector.manifest.title} has no object ${input.object}.`)
  await actor.transaction((tx) =>
    recordAudit(tx, actor, {
      action: 'connector.try',
      subject: { type: 'connection', id: source.id, name: source.name },
      after: { object: input.object, draft: input.manifest !== undefined },
    }),
  )
  return await readRows(actor, source, connector, input.object)
}

async function chooseConnector(source: LoadedSource, { manifest, records }: ObjectToTry) {
  if (manifest === undefined) return { connector: source.connector, problems: [] }
  const draft = { manifest, records: records ?? {} }
  const read = await readDraft(draft)
  if (read.connector) refuseElsewhere(source.connector, read.connector, source.connection)
  return { connector: read.connector, problems: withLines(read.problems, draft) }
}

async function readRows(
  actor: Actor,
  source: LoadedSource,
  connector: Connector,
  object: string,
): Promise<TriedObject> {
  const http = new RecordingClient({ allowedHosts: actor.services.http.allowedHosts })
  const signal = AbortSignal.timeout(patienceMs)
  try {
    const preview = await previewObject({
      connector,
      connection: source.connection,
      keepTokens: source.keepTokens,
      pipeline: protectedPipeline(source, connector, object),
      object,
      limit: rows,
      http,
      ...(await openHashKey(actor)),
      signal,
    })
    const message =
      preview.rejected.length > 0 ? `${preview.rejected.length} records could not land.` : 'It can be read.'
    return { check: checked([], message), rows: rowsOf(preview), requests: http.requests }
  } catch (error) {
    const message = explain(error, signal)
    return { check: { ...checked([], message), ok: false }, rows: [], requests: http.requests }
  } finally {
    await http.close()
  }
}

/** What either manifest marks is hashed: a draft that forgot a mark shows nobody's address. */
function protectedPipeline(
  { connector: installed }: LoadedSource,
  draft: Connector,
  object: string,
): Pipeline {
  const schemas = [installed.records.get(object), draft.records.get(object)]
  const paths = schemas.flatMap((schema) => (schema ? sensitivePaths(schema) : []))
  return {
    name: 'A try',
    source: { connector: draft.name, connection: {} },
    objects: { [object]: { fields: Object.fromEntries(paths.map(({ path }) => [path, 'hash'])) } },
    schemaChanges: 'auto_sync',
    newFields: 'hash_sensitive',
    destination: { type: 'none', connection: {}, schema: 'none' },
  }
}

function rowsOf({ columns, rows: sampled }: ObjectPreview): TriedObject['rows'] {
  return sampled.map(({ after }) =>
    Object.fromEntries(columns.map(({ field }, place) => [field, after[place]?.value ?? null])),
  )
}

function checked(problems: CheckedDraft['problems'], message: string): TriedObject['check'] {
  return { ok: problems.length === 0, problems, message }
}

function explain(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'The API does not answer in time.'
  if (error instanceof RunFailure) return `${error.message} ${error.advice}`
  throw error
}
