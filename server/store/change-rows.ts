import type { SchemaChange } from '@penstock/schemas/generated/run.ts'
import { and, count, desc, eq, inArray, isNotNull, isNull, lt, ne, or, sql } from './drizzle.ts'
import type { SQL } from './drizzle.ts'
import type { Tx } from './database.ts'
import { isPublished } from './pipeline-version-rows.ts'
import { user } from './tables/auth.ts'
import { pipelines, pipelineVersions, schemaChanges } from './tables/pipelines.ts'
import type { Decision } from './tables/pipelines.ts'

/** A schema change with its pipeline, as it stands in the inbox. */
export interface ChangeRow {
  readonly id: string
  readonly pipelineId: string
  readonly pipelineName: string
  readonly object: string
  readonly field: string
  readonly kind: SchemaChange['kind']
  readonly exampleType: string
  readonly applied: string
  readonly looksSensitive: string | null
  /** schemaChanges of the version that runs; null: it says nothing, or there is none. */
  readonly policy: 'auto_sync' | 'block' | null
  /** What that version itself says of the field; null: nothing. */
  readonly own: string | null
  readonly firstSeen: Date
  readonly decision: Decision | null
  /** With `continue`: the field whose column this one goes on with. */
  readonly continues: string | null
  /** Fields of the same object that vanished: a new one may be another name of each. */
  readonly vanished: readonly string[]
  /** A new field whose values were decided to go to this one’s column; null: there is none. */
  readonly continuedBy: string | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
}

/** Which changes: all, or those for which the conditions that are given hold. */
export interface ChangeFilter {
  readonly pipelineId?: string | undefined
  readonly ids?: readonly string[] | undefined
  /** true: what waits for a decision; false: what was decided, and what vanished and lives on under another name, as was decided. */
  readonly open?: boolean | undefined
  /** Only what comes after this one. */
  readonly before?: { readonly firstSeen: Date; readonly id: string } | undefined
  readonly limit: number
}

const continuedBy = sql<string | null>`(
  select heir.field from ${schemaChanges} as heir
  where heir.workspace_id = ${schemaChanges.workspaceId} and heir.pipeline_id = ${schemaChanges.pipelineId}
    and heir.object = ${schemaChanges.object} and heir.decision = 'continue' and heir.continues = ${schemaChanges.field}
  limit 1)`
const isDecided = sql`(${schemaChanges.decision} is not null or (${schemaChanges.kind} = 'removed' and ${continuedBy} is not null))`

const isOfPipeline = and(
  eq(pipelines.workspaceId, schemaChanges.workspaceId),
  eq(pipelines.id, schemaChanges.pipelineId),
)
const policy = sql<'auto_sync' | 'block' | null>`${pipelineVersions.document}->>'schemaChanges'`
const own = sql<
  string | null
>`${pipelineVersions.document}->'objects'->${schemaChanges.object}->'fields'->>${schemaChanges.field}`

/** Changes of pipelines that were not deleted, newest first. */
export async function listChangeRows(
  tx: Tx,
  workspaceId: string,
  filter: ChangeFilter,
): Promise<readonly ChangeRow[]> {
  return await tx
    .select({
      id: schemaChanges.id,
      pipelineId: schemaChanges.pipelineId,
      pipelineName: pipelines.name,
      object: schemaChanges.object,
      field: schemaChanges.field,
      kind: schemaChanges.kind,
      exampleType: schemaChanges.exampleType,
      applied: schemaChanges.applied,
      looksSensitive: schemaChanges.looksSensitive,
      policy,
      own,
      firstSeen: schemaChanges.firstSeen,
      decision: schemaChanges.decision,
      continues: schemaChanges.continues,
      vanished: sql<readonly string[]>`array(
        select gone.field from ${schemaChanges} as gone
        where gone.workspace_id = ${schemaChanges.workspaceId} and gone.pipeline_id = ${schemaChanges.pipelineId}
          and gone.object = ${schemaChanges.object} and gone.kind = 'removed' and gone.field <> ${schemaChanges.field}
        order by gone.field)`,
      continuedBy,
      decidedBy: sql<string | null>`coalesce(${user.name}, ${schemaChanges.decidedBy})`,
      decidedAt: schemaChanges.decidedAt,
    })
    .from(schemaChanges)
    .innerJoin(pipelines, isOfPipeline)
    .leftJoin(pipelineVersions, isPublished)
    .leftJoin(user, eq(user.id, schemaChanges.decidedBy))
    .where(
      and(eq(schemaChanges.workspaceId, workspaceId), isNull(pipelines.deletedAt), ...conditions(filter)),
    )
    .orderBy(desc(schemaChanges.firstSeen), desc(schemaChanges.id))
    .limit(filter.limit)
}

/** How many changes ask a person for something: those without a decision of which `judgeSeverity` says more than `info`. */
export async function countWaitingChanges(
  tx: Tx,
  workspaceId: string,
  pipelineId: string | undefined,
): Promise<number> {
  const { kind, applied, looksSensitive } = schemaChanges
  const asks = sql`(${kind} = 'removed' or ${own} is null and (
    ${applied} = 'none' and ${policy} = 'block' or ${applied} = 'column_added' and ${looksSensitive} is not null))`
  const [row] = await tx
    .select({ waiting: count() })
    .from(schemaChanges)
    .innerJoin(pipelines, isOfPipeline)
    .leftJoin(pipelineVersions, isPublished)
    .where(
      and(
        eq(schemaChanges.workspaceId, workspaceId),
        isNull(pipelines.deletedAt),
        ...conditions({ pipelineId, open: true }),
        asks,
      ),
    )
  return row?.waiting ?? 0
}

function conditions({ pipelineId, ids, open, before }: Omit<ChangeFilter, 'limit'>): (SQL | undefined)[] {
  const { firstSeen, id } = schemaChanges
  return [
    pipelineId === undefined ? undefined : eq(schemaChanges.pipelineId, pipelineId),
    ids && inArray(id, [...ids]),
    open === undefined ? undefined : open ? sql`not ${isDecided}` : isDecided,
    before && or(lt(firstSeen, before.firstSeen), and(eq(firstSeen, before.firstSeen), lt(id, before.id))),
  ]
}

/** A change that a run found, with what its name suggests. */
export interface FoundChange extends Pick<
  SchemaChange,
  'object' | 'field' | 'kind' | 'exampleType' | 'applied' | 'firstSeen'
> {
  readonly looksSensitive: string | null
}

/** A statement has room for 65,534 values. */
const mostAtOnce = 1000

/** Writes what a run found: new entries, and for those that are there that this run found them too, and what it did. Answers what is new. */
export async function upsertChanges(
  tx: Tx,
  workspaceId: string,
  run: { readonly id: string; readonly pipelineId: string },
  changes: readonly FoundChange[],
): Promise<readonly { readonly applied: string; readonly kind: SchemaChange['kind'] }[]> {
  const fresh = []
  for (let start = 0; start < changes.length; start += mostAtOnce)
    fresh.push(...(await upsertSome(tx, workspaceId, run, changes.slice(start, start + mostAtOnce))))
  return fresh
}

async function upsertSome(
  tx: Tx,
  workspaceId: string,
  run: { readonly id: string; readonly pipelineId: string },
  changes: readonly FoundChange[],
) {
  const rows = await tx
    .insert(schemaChanges)
    .values(
      changes.map(({ firstSeen, ...change }) => ({
        ...change,
        workspaceId,
        pipelineId: run.pipelineId,
        firstSeen: new Date(firstSeen),
        firstRunId: run.id,
        lastRunId: run.id,
      })),
    )
    .onConflictDoUpdate({
      target: [
        schemaChanges.workspaceId,
        schemaChanges.pipelineId,
        schemaChanges.object,
        schemaChanges.field,
        schemaChanges.kind,
      ],
      set: {
        lastRunId: run.id,
        applied: sql`excluded.applied`,
        exampleType: sql`excluded.example_type`,
      },
    })
    .returning({
      applied: schemaChanges.applied,
      kind: schemaChanges.kind,
      // The transaction that made a row is still its xmin; that which changed one has set xmax, too.
      isNew: sql<boolean>`xmax = 0`,
    })
  return rows.filter(({ isNew }) => isNew)
}

/** A decision, who made it, and when. */
export interface NewDecision {
  readonly decision: Decision
  readonly continues?: string | undefined
  readonly by: string | null
  readonly at: Date
}

/** Writes one decision for several changes; null takes them back. */
export async function updateDecisions(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
  decided: NewDecision | null,
): Promise<void> {
  await tx
    .update(schemaChanges)
    .set({
      decision: decided?.decision ?? null,
      continues: decided?.continues ?? null,
      decidedBy: decided?.by ?? null,
      decidedAt: decided?.at ?? null,
    })
    .where(and(eq(schemaChanges.workspaceId, workspaceId), inArray(schemaChanges.id, [...ids])))
}

/** What was decided about one change of a field. */
export interface DecidedField extends Pick<ChangeRow, 'object' | 'field' | 'kind' | 'continues'> {
  readonly decision: Decision
}

/** What was decided about the fields of a pipeline, the newest decision last. A field that vanished has nothing to be decided. */
export async function listDecisions(
  tx: Tx,
  workspaceId: string,
  pipelineId: string,
): Promise<readonly DecidedField[]> {
  const rows = await tx
    .select({
      object: schemaChanges.object,
      field: schemaChanges.field,
      kind: schemaChanges.kind,
      decision: schemaChanges.decision,
      continues: schemaChanges.continues,
    })
    .from(schemaChanges)
    .where(
      and(
        eq(schemaChanges.workspaceId, workspaceId),
        eq(schemaChanges.pipelineId, pipelineId),
        isNotNull(schemaChanges.decision),
        ne(schemaChanges.kind, 'removed'),
      ),
    )
    .orderBy(schemaChanges.decidedAt)
  return rows.flatMap(({ decision, ...row }) => (decision === null ? [] : [{ ...row, decision }]))
}

/** A field that runs of a pipeline met and the manifest does not know. */
export interface DiscoveredField {
  readonly object: string
  readonly field: string
  readonly type: string
  readonly decision: Exclude<Decision, 'continue'> | null
}

/** The fields that appeared while a pipeline ran, by object and name. One that goes on with another's column is none of its own. */
export async function listAddedFields(
  tx: Tx,
  workspaceId: string,
  pipelineId: string,
): Promise<readonly DiscoveredField[]> {
  const rows = await tx
    .select({
      object: schemaChanges.object,
      field: schemaChanges.field,
      type: schemaChanges.exampleType,
      decision: schemaChanges.decision,
    })
    .from(schemaChanges)
    .where(
      and(
        eq(schemaChanges.workspaceId, workspaceId),
        eq(schemaChanges.pipelineId, pipelineId),
        eq(schemaChanges.kind, 'added'),
      ),
    )
    .orderBy(schemaChanges.object, schemaChanges.field)
  return rows.flatMap(({ decision, ...row }) => (decision === 'continue' ? [] : [{ ...row, decision }]))
}
