import type { Actor } from '../actor.ts'
import { listEvents } from '../store/event-rows.ts'
import { findRun, listRunObjects, listRunRows } from '../store/run-rows.ts'
import { describeEvent, describeObject, describeRun } from './describe-run.ts'
import type { WatchCursor } from './watch-cursor.ts'
import type { WatchUpdate } from './watch-runs.ts'

/** What a watcher was told already. */
export interface Watcher {
  /** By run, the number of the last line of its log. */
  readonly seqs: Map<string, number>
  /** By run and object, what was last shown; '' is the run itself. */
  readonly shown: Map<string, Map<string, string>>
  /** Whether of a run that is not known yet only the end of its log is told: at the beginning, when the rest was read otherwise. */
  tail: boolean
}

/** Lines of a log that are read at once. */
const helping = 200
/** A run that ended so long ago, in milliseconds, was told of, also to someone who was away for a moment. */
const memoryMs = 60_000
const mostRuns = 100

/** The runs that a watcher is to be told of at the beginning, after a break, or when nobody knows what was missed. */
export async function runsToTell(
  actor: Actor,
  runIds: readonly string[] | undefined,
  cursor: WatchCursor,
): Promise<readonly string[]> {
  if (runIds) return runIds
  const since = new Date((cursor.at ?? Date.now()) - memoryMs)
  const recent = await actor.transaction((tx) =>
    listRunRows(tx, actor.workspaceId, {
      // From the beginning only what is under way; after a break also what ended meanwhile.
      ...(cursor.at === undefined ? { active: true } : { activeSince: since }),
      limit: mostRuns,
    }),
  )
  return [...new Set([...recent.map(({ id }) => id), ...cursor.seqs.keys()])]
}

/** What a watcher does not know of a run yet: lines of its log, then its objects, then the run. Nothing where there is no such run. */
export async function* lookAtRun(
  actor: Actor,
  runId: string,
  watcher: Watcher,
): AsyncGenerator<WatchUpdate, void> {
  const { workspaceId } = actor
  for (let more = true; more;) {
    const found = await actor.transaction(async (tx) => {
      const run = await findRun(tx, workspaceId, runId)
      if (!run) return undefined
      const objects = await listRunObjects(tx, workspaceId, runId)
      const after = watcher.seqs.get(runId) ?? (watcher.tail ? Math.max(0, run.lastSeq - helping) : 0)
      return { run, objects, lines: await listEvents(tx, workspaceId, runId, { after, limit: helping }) }
    })
    if (!found) return
    for (const line of found.lines) {
      remember(watcher.seqs, runId, line.seq)
      yield { kind: 'event', runId, event: describeEvent(line) }
    }
    more = found.lines.length === helping
    if (more) continue
    const shown = watcher.shown.get(runId) ?? new Map<string, string>()
    remember(watcher.shown, runId, shown)
    const objects = found.objects.map(describeObject).filter((object) => isNew(shown, object.object, object))
    if (objects.length > 0) yield { kind: 'objects', runId, objects }
    const run = describeRun(found.run)
    if (isNew(shown, '', { ...run, durationMs: null })) yield { kind: 'run', run }
  }
}

/** Keeps what was used last. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > mostRuns && oldest !== undefined) map.delete(oldest)
}

function isNew(shown: Map<string, string>, name: string, value: unknown): boolean {
  const text = JSON.stringify(value)
  if (shown.get(name) === text) return false
  shown.set(name, text)
  return true
}
