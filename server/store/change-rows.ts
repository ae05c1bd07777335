import type { SchemaChange } from '@penstock/schemas/generated/run.ts'
import { and, desc, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Tx } from './database.ts'
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
  readonly firstSeen: Date
  readonly decision: Decision | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
}

/** Which changes: all, or those for which the conditions that are given hold. */
export interface ChangeFilter {
  readonly pipelineId?: string | undefined
  readonly ids?: readonly string[] | undefined
  /** true: without a decision. */
  readonly open?: boolean | undefined
  /** Only what comes after this one. */
  readonly before?: { readonly firstSeen: Date; readonly id: string } | undefined
  readonly limit: number
}

/** Changes of pipelines that were not deleted, newest first. */
export async function listChangeRows(
  tx: Tx,
  workspaceId: string,
  filter: ChangeFilter,
): Promise<readonly ChangeRow[]> {
  const { pipelineId, ids, open, before } = filter
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
      policy: sql<'auto_sync' | 'block' | null>`${pipelineVersions.document}->>'schemaChanges'`,
      firstSeen: schemaChanges.firstSeen,
      decision: schemaChanges.decision,
      decidedBy: sql<string | null>`coalesce(${user.name}, ${schemaChanges.decidedBy})`,
      decidedAt: schemaChanges.decidedAt,
    })
    .from(schemaChanges)
    .innerJoin(
      pipelines,
      and(eq(pipelines.workspaceId, schemaChanges.workspaceId), eq(pipelines.id, schemaChanges.pipelineId)),
    )
    .leftJoin(
      pipelineVersions,
      and(
        eq(pipelineVersions.workspaceId, pipelines.workspaceId),
        eq(pipelineVersions.pipelineId, pipelines.id),
        eq(pipelineVersions.version, pipelines.publishedVersion),
      ),
    )
    .leftJoin(user, eq(user.id, schemaChanges.decidedBy))
    .where(
      and(
        eq(schemaChanges.workspaceId, workspaceId),
        isNull(pipelines.deletedAt),
        pipelineId === undefined ? undefined : eq(schemaChanges.pipelineId, pipelineId),
        ids === undefined ? undefined : inArray(schemaChanges.id, [...ids]),
        open === undefined
          ? undefined
          : open
            ? isNull(schemaChanges.decision)
            : isNotNull(schemaChanges.decision),
        before &&
          or(
            lt(schemaChanges.firstSeen, before.firstSeen),
            and(eq(schemaChanges.firstSeen, before.firstSeen), lt(schemaChanges.id, before.id)),
          ),
      ),
    )
    .orderBy(desc(schemaChanges.firstSeen), desc(schemaChanges.id))
    .limit(filter.limit)
}

/** A change that a run found, with what its name suggests. */
export interface FoundChange extends Pick<
  SchemaChange,
  'object' | 'field' | 'kind' | 'exampleType' | 'applied' | 'firstSeen'
> {
  readonly looksSensitive: string | null
}

/** Writes what a run found: new entries, and for those that are there that this run found them too, and what it did. Answers how many are new. */
export async function upsertChanges(
  tx: Tx,
  workspaceId: string,
  run: { readonly id: string; readonly pipelineId: string },
  changes: readonly FoundChange[],
): Promise<number> {
  if (changes.length === 0) return 0
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
    .returning({ firstRunId: schemaChanges.firstRunId })
  return rows.filter(({ firstRunId }) => firstRunId === run.id).length
}

/** Writes one decision for several changes; null takes them back. */
export async function updateDecisions(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
  decided: { readonly decision: Decision; readonly by: string | null; readonly at: Date } | null,
): Promise<void> {
  await tx
    .update(schemaChanges)
    .set({
      decision: decided?.decision ?? null,
      decidedBy: decided?.by ?? null,
      decidedAt: decided?.at ?? null,
    })
    .where(and(eq(schemaChanges.workspaceId, workspaceId), inArray(schemaChanges.id, [...ids])))
}

/** A field that runs of a pipeline met and the manifest does not know. */
export interface DiscoveredField {
  readonly object: string
  readonly field: string
  readonly type: string
  readonly decision: Decision | null
}

/** The fields that appeared while a pipeline ran, by object and name. */
export async function listAddedFields(
  tx: Tx,
  workspaceId: string,
  pipelineId: string,
): Promise<readonly DiscoveredField[]> {
  return await tx
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
}
