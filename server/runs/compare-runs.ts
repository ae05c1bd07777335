import type { Actor } from '../actor.ts'
import { diffDocuments } from '../pipelines/diff-documents.ts'
import { findVersion } from '../store/pipeline-version-rows.ts'
import { getRun } from './list-runs.ts'
import type { RunDetails } from './list-runs.ts'
import type { RunObject, RunSummary } from './describe-run.ts'

export interface RunComparison {
  readonly a: RunSummary
  readonly b: RunSummary
  /** Every object of either, by name; null: that run was not for it. */
  readonly objects: { readonly object: string; readonly a: RunObject | null; readonly b: RunObject | null }[]
  /** What is different in the documents that they ran, b's as against a's; null: they are of different pipelines. */
  readonly changes: string[] | null
}

/** Two runs side by side. Throws `NOT_FOUND`. */
export async function compareRuns(
  actor: Actor,
  input: { readonly a: string; readonly b: string },
): Promise<RunComparison> {
  const [a, b] = [await getRun(actor, { id: input.a }), await getRun(actor, { id: input.b })]
  const names = new Set([...a.objects, ...b.objects].map(({ object }) => object))
  const of = ({ objects }: RunDetails, name: string) => objects.find(({ object }) => object === name) ?? null
  return {
    a,
    b,
    objects: [...names].toSorted().map((object) => ({ object, a: of(a, object), b: of(b, object) })),
    changes: a.pipelineId === b.pipelineId ? await changesBetween(actor, a, b) : null,
  }
}

async function changesBetween(actor: Actor, a: RunSummary, b: RunSummary): Promise<string[]> {
  if (a.version === b.version) return []
  const [before, after] = await actor.transaction(async (tx) => [
    await findVersion(tx, actor.workspaceId, a.pipelineId, a.version),
    await findVersion(tx, actor.workspaceId, b.pipelineId, b.version),
  ])
  return diffDocuments(before?.document ?? null, after?.document ?? null).map(({ sentence }) => sentence)
}
