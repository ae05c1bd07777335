import type { Actor } from '../actor.ts'
import { loadDecisions } from '../changes/load-decisions.ts'
import { findBudget } from '../connections/find-budget.ts'
import { loadSource } from '../connections/load-source.ts'
import type { PreviewInput } from '../engine/preview-object.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { openHashKey } from '../members/open-hash-key.ts'
import { takeSourcePart } from './source-part.ts'

/** Which object of which draft someone wants to look at. */
export interface PreviewRequest {
  readonly document: Readonly<Record<string, unknown>>
  readonly object: string
  readonly limit: number
  /** The pipeline, so that what was decided about its new fields counts. */
  readonly id?: string | undefined
}

/** What it takes to look, and how it is written down who looked. */
export interface OpenPreview {
  readonly input: PreviewInput
  /** Records that someone looked: at what, and how many rows; never a value. */
  readonly noteLook: (what: { readonly rows: number; readonly masked?: true }) => Promise<void>
}

const patienceMs = 30_000

/** Opens an object of a draft for a look. Throws `INVALID` for a draft whose source or object has an error. */
export async function openPreview(
  actor: Actor,
  { document, object, limit, id }: PreviewRequest,
): Promise<OpenPreview> {
  const { part, decisions } = await actor.transaction(async (tx) => ({
    part: await takeSourcePart(tx, actor, { document, object, id }),
    decisions: id === undefined ? undefined : await loadDecisions(tx, actor.workspaceId, id),
  }))
  const source = await loadSource(actor, part.connectionId)
  const input: PreviewInput = {
    connector: part.connector,
    pipeline: part.pipeline,
    connection: source.connection,
    keepTokens: source.keepTokens,
    budget: findBudget(actor, source.connector),
    http: actor.services.http,
    ...(await openHashKey(actor)),
    ...(decisions ? { decisions } : {}),
    object,
    limit,
    signal: AbortSignal.timeout(patienceMs),
  }
  const noteLook: OpenPreview['noteLook'] = (what) =>
    actor.transaction((tx) =>
      recordAudit(tx, actor, {
        action: 'pipeline.preview',
        subject: { type: 'connection', id: source.id, name: source.name },
        after: { object, ...what, ...(id === undefined ? {} : { pipelineId: id }) },
      }),
    )
  return { input, noteLook }
}
