import { useEffect, useEffectEvent, useState } from 'react'
import type { Run, RunEvent } from './answers.ts'
import { api, queryClient } from './client.ts'
import type { StreamState } from './stream-state.ts'
import { type Update, watchRuns } from './watch-runs.ts'

/** Twice a second at most does the screen change, however fast the updates come; the clock of what is running is the third time. */
const pace = 500

/**
 * Keeps what this page shows up to date: the answers of `runs.get` for this run, and the lists; and hands on what the run logs. Without a
 * run, only the lists. Says whether that works at the moment.
 */
export function useWatch(
  runId: string | undefined,
  onEvents?: (events: readonly RunEvent[]) => void,
): StreamState {
  const [stream, setStream] = useState<StreamState>('live')
  const hand = useEffectEvent((events: readonly RunEvent[]) => {
    if (events.length > 0) onEvents?.(events)
  })
  useEffect(() => {
    let waiting: Update[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = (): void => {
      const updates = waiting
      waiting = []
      timer = undefined
      apply(updates)
      hand(updates.flatMap((update) => (update.kind === 'event' ? [update.event] : [])))
    }
    const close = watchRuns(
      { runIds: runId === undefined ? [] : [runId] },
      {
        onUpdate: (update) => {
          waiting.push(update)
          timer ??= setTimeout(flush, pace)
        },
        onState: setStream,
        onGap: readAgain,
      },
    )
    return () => {
      clearTimeout(timer)
      close()
    }
  }, [runId])
  return stream
}

function readAgain(): void {
  for (const queryKey of [api.runs.pathKey(), api.pipelines.list.pathKey(), api.changes.pathKey()])
    void queryClient.invalidateQueries({ queryKey })
}

function apply(updates: readonly Update[]): void {
  const ids = new Set(updates.flatMap(runOf))
  for (const id of ids) {
    const queryKey = api.runs.get.queryKey({ id })
    const before = queryClient.getQueryData(queryKey)
    queryClient.setQueryData(
      queryKey,
      (run) => run && withoutEndedWait(updates.reduce((now, update) => applied(now, update, id), run)),
    )
    // What began or ended has more to it than the stream tells.
    if (before?.state !== queryClient.getQueryData(queryKey)?.state)
      void queryClient.invalidateQueries({ queryKey })
  }
  if (updates.some(({ kind }) => kind === 'pipelines')) {
    void queryClient.invalidateQueries({ queryKey: api.pipelines.list.pathKey() })
    void queryClient.invalidateQueries({ queryKey: api.runs.list.pathKey() })
    void queryClient.invalidateQueries({ queryKey: api.changes.pathKey() })
  }
}

function runOf(update: Update): readonly string[] {
  switch (update.kind) {
    case 'run':
      return [update.run.id]
    case 'objects':
    case 'event':
      return [update.runId]
    case 'pipelines':
    case 'presence':
      return []
  }
}

function applied(run: Run, update: Update, id: string): Run {
  if (update.kind === 'run' && update.run.id === id) return { ...run, ...update.run }
  if (update.kind === 'event' && update.runId === id)
    return { ...run, waitingNow: waitOf(update.event) ?? run.waitingNow }
  if (update.kind !== 'objects' || update.runId !== id) return run
  const changed = new Map(run.objects.map((object) => [object.object, object]))
  for (const object of update.objects) changed.set(object.object, object)
  return { ...run, objects: [...changed.values()] }
}

/** The wait that a line of the log tells of; undefined where it tells of something else. */
function waitOf({ data, object }: RunEvent): Run['waitingNow'] | undefined {
  const { until, reason } = data ?? {}
  return typeof until === 'string' && typeof reason === 'string' ? { reason, object, until } : undefined
}

function withoutEndedWait(run: Run): Run {
  const ended = run.waitingNow && Date.parse(run.waitingNow.until) <= Date.now()
  return ended ? { ...run, waitingNow: null } : run
}
