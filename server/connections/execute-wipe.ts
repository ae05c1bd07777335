import { systemActor } from '../actor.ts'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { nextRunGoesOn, RunFailure } from '../engine/failures.ts'
import type { Services } from '../services.ts'
import { findWipe, listRunsUsing, updateWipe } from '../store/wipe-rows.ts'
import type { WipeRow } from '../store/wipe-rows.ts'
import { finishWipe, forgetLogs } from './finish-wipe.ts'
import { stopRunsOf } from './stop-runs.ts'
import { readProgress } from './wipe-progress.ts'
import { wipeTarget } from './wipe-target.ts'

export interface WipeJob {
  readonly workspaceId: string
  readonly wipeId: string
  /** Aborting leaves what is done as done; another call goes on from there. */
  readonly signal: AbortSignal
}

/** How long to wait after the first failure, the second, and so on; after the last the deletion goes to the end of the line. */
const pausesMs = [1000, 2000, 4000, 8000]

/**
 * Removes what was landed through a connection. May be called again after it was killed anywhere: every object is counted before it goes, and
 * its audit row is written with the mark that it is done. A destination that cannot be reached is tried again for a moment. Where that does not
 * help, the wipe says why it waits, and this resolves, so that deletions behind it have their turn: `requeueForgotten` puts it in line again,
 * until it finishes. Rejects with the signal's reason.
 */
export async function executeWipe(services: Services, job: WipeJob): Promise<void> {
  const { workspaceId, wipeId, signal } = job
  const actor = systemActor(workspaceId, services)
  const wipe = await readWipe(actor, wipeId)
  if (!wipe || wipe.state === 'done') return
  await actor.transaction((tx) => updateWipe(tx, workspaceId, wipeId, { state: 'running' }))
  await awaitRuns(actor, wipe, signal)
  for (let failures = 0; ; failures += 1) {
    const trouble = await wipeAll(actor, wipeId, signal)
    if (trouble === undefined) break
    await actor.transaction((tx) => updateWipe(tx, workspaceId, wipeId, { error: trouble }))
    services.log.warn('wipe.waits', { wipe: wipeId, failures })
    const pause = pausesMs[failures]
    if (pause === undefined) return
    await services.clock.sleep(pause, signal)
  }
  await forgetLogs(actor, wipeId)
  await finishWipe(actor, wipeId)
  services.log.info('wipe.done', { wipe: wipeId })
}

/** What a run under way still writes must be there before it is removed. */
async function awaitRuns(actor: Actor, { connectionId }: WipeRow, signal: AbortSignal): Promise<void> {
  const { workspaceId, services } = actor
  for (;;) {
    const carried = await actor.transaction((tx) => stopRunsOf(tx, actor, connectionId))
    for (const runId of carried) await services.queue.announceCancel(runId)
    const left = await actor.transaction((tx) => listRunsUsing(tx, workspaceId, connectionId))
    if (left.length === 0) return
    await services.clock.sleep(500, signal)
  }
}

/** Every schema once; the others, too, where one fails. Answers why something is left, undefined where nothing is. */
async function wipeAll(actor: Actor, wipeId: string, signal: AbortSignal): Promise<string | undefined> {
  const wipe = await readWipe(actor, wipeId)
  const troubles: string[] = []
  for (const target of readProgress(wipe?.progress).targets) {
    signal.throwIfAborted()
    try {
      await wipeTarget(actor, { wipeId, target, signal })
    } catch (error) {
      if (signal.aborted) throw error
      troubles.push(`${target.destinationName}, schema ${target.schema}: ${sentenceOf(error)}`)
    }
  }
  return troubles.length === 0 ? undefined : troubles.join(' ')
}

const triesAgain = 'The deletion tries again by itself, every minute at the latest.'

function sentenceOf(error: unknown): string {
  if (error instanceof RunFailure)
    return `${error.message} ${error.advice.replace(nextRunGoesOn, triesAgain)}`
  if (error instanceof DomainError) return error.message
  throw error
}

async function readWipe(actor: Actor, wipeId: string): Promise<WipeRow | undefined> {
  return await actor.transaction((tx) => findWipe(tx, actor.workspaceId, wipeId))
}
