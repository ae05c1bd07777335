import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { withLines } from './check-draft.ts'
import { findBudget } from './find-budget.ts'
import { loadSource } from './load-source.ts'
import type { LoadedSource } from './load-source.ts'
import { readDraft } from './read-draft.ts'
import { notTried, readRows } from './read-rows.ts'
import type { TriedObject } from './read-rows.ts'
import { refuseElsewhere } from './refuse-elsewhere.ts'

export interface ObjectToTry {
  readonly connectionId: string
  readonly object: string
  /** Both, or neither: a draft of the connector, in place of the one that is installed. */
  readonly manifest?: string | undefined
  readonly records?: Readonly<Record<string, string>> | undefined
}

/**
 * Reads ten records of an object through a saved connection, protected, and tells which requests that took. Nothing is kept but that it was
 * done. A failure is an answer, too: with the requests up to it.
 */
export async function tryObject(actor: Actor, input: ObjectToTry): Promise<TriedObject> {
  const source = await loadSource(actor, input.connectionId)
  const { connector, problems } = await chooseConnector(source, input)
  if (!connector || problems.length > 0) return notTried(problems)
  if (!Object.hasOwn(connector.manifest.objects, input.object))
    throw new DomainError('NOT_FOUND', `${connector.manifest.title} has no object ${input.object}.`)
  await actor.transaction((tx) =>
    recordAudit(tx, actor, {
      action: 'connector.try',
      subject: { type: 'connection', id: source.id, name: source.name },
      after: { object: input.object, draft: input.manifest !== undefined },
    }),
  )
  const { connection, keepTokens } = source
  return await readRows(actor, {
    connector,
    connection,
    keepTokens,
    budget: findBudget(actor, source.connector),
    object: input.object,
    marksOf: source.connector,
  })
}

async function chooseConnector(source: LoadedSource, { manifest, records }: ObjectToTry) {
  if (manifest === undefined) return { connector: source.connector, problems: [] }
  const draft = { manifest, records: records ?? {} }
  const read = await readDraft(draft)
  if (read.connector) refuseElsewhere(source.connector, read.connector, source.connection)
  return { connector: read.connector, problems: withLines(read.problems, draft) }
}
