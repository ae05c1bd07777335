import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { Actor } from '../actor.ts'
import { loadDecisions } from '../changes/load-decisions.ts'
import { loadDestination } from '../connections/load-destination.ts'
import { openManifests } from '../connections/open-manifests.ts'
import { DomainError } from '../domain-error.ts'
import { planRun } from '../engine/plan-run.ts'
import type { ExpectedField } from '../engine/plan-run.ts'
import type { Decisions } from '../engine/plan-table.ts'
import type { Tx } from '../store/database.ts'
import { judgeInWorkspace } from './judge-in-workspace.ts'
import { knownConnector } from './known-connector.ts'
import { openHashKey } from '../members/open-hash-key.ts'
import { requirePipeline } from './require-pipeline.ts'

/** What the next run would do to the destination's tables before it writes. */
export interface TablePlan {
  /** In their order. `object` is empty for the schema and the tables of ours. */
  readonly statements: readonly { readonly object: string; readonly sql: string }[]
  /** What the statements cannot say: one or two sentences. */
  readonly note: string
}

/** Either a pipeline, whose published version is planned (its draft where there is none), or a document; with both, that document. */
export interface PlanRequest {
  readonly id?: string | undefined
  readonly document?: Readonly<Record<string, unknown>> | undefined
}

/** What is taken to be so for a plan: other decisions, and fields that the next records have. */
export interface PlanOutlook {
  readonly decide?: (decisions: Decisions) => Decisions
  readonly expected?: readonly ExpectedField[]
}

/**
 * The CREATE and ALTER statements that the next run would issue. The destination is asked how its tables stand; nothing is changed, and the
 * source is not asked. Throws `INVALID`, with the problems in its details, and the `RunFailure` of a destination that cannot be opened.
 */
export async function planPipeline(
  actor: Actor,
  request: PlanRequest,
  outlook: PlanOutlook = {},
): Promise<TablePlan> {
  const { planned, decisions } = await actor.transaction(async (tx) => ({
    planned: await soundDocument(tx, actor, request),
    decisions: request.id === undefined ? undefined : await loadDecisions(tx, actor.workspaceId, request.id),
  }))
  const decided = outlook.decide?.(decisions ?? new Map()) ?? decisions
  const statements = await askDestination(actor, planned, decided, outlook.expected)
  return { statements, note: noteOf(planned.pipeline, statements.length) }
}

/** A sound document, and the version of the workspace's own connector that its runs read with; null: the one in use. */
interface Planned {
  readonly pipeline: Pipeline
  readonly connectorVersion: number | null
}

async function soundDocument(tx: Tx, actor: Actor, { id, document }: PlanRequest): Promise<Planned> {
  const row = id === undefined ? undefined : await requirePipeline(tx, actor, id)
  const wanted = document ?? row?.published ?? row?.draft
  if (!wanted) throw new DomainError('INVALID', 'Say which pipeline, or which document, is to be planned.')
  const connectorVersion = document || !row?.published ? null : row.connectorVersion
  const { pipeline, problems } = await judgeInWorkspace(tx, actor, wanted, id, connectorVersion)
  if (pipeline) return { pipeline, connectorVersion }
  throw new DomainError('INVALID', `There is a problem to solve first: ${problems[0]?.message ?? ''}`, {
    details: { problems },
  })
}

async function askDestination(
  actor: Actor,
  { pipeline, connectorVersion }: Planned,
  decisions: Decisions | undefined,
  expected: readonly ExpectedField[] = [],
): Promise<TablePlan['statements']> {
  const { connection, schema } = pipeline.destination
  const found = await actor.transaction(async (tx) => {
    const manifests = await openManifests(tx, actor.workspaceId)
    return await knownConnector(manifests, pipeline.source.connector, connectorVersion)
  })
  if (!('connector' in found) || typeof connection !== 'string')
    throw new Error('A document that was judged to be sound names no connector or no connection.')
  const destination = await (await loadDestination(actor, connection)).open(schema)
  try {
    const plan = await planRun({
      connector: found.connector,
      pipeline,
      destination,
      ...(await openHashKey(actor)),
      ...(decisions ? { decisions } : {}),
      expected,
    })
    return [...plan].flatMap(([object, statements]) => statements.map((sql) => ({ object, sql })))
  } finally {
    await destination.close()
  }
}

function noteOf({ schemaChanges }: Pipeline, count: number): string {
  const now = count === 0 ? 'The tables are as they should be. ' : ''
  return schemaChanges === 'block'
    ? `${now}A field that is not known yet gets a column only once someone has decided so.`
    : `${now}A field that is not known yet gets its column when a record first has it.`
}
