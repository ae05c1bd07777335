import { useEffect, useEffectEvent, useState } from 'react'
import type { Run, RunEvent, RunObject, RunSummary } from './answers.ts'
import { api, apiClient, queryClient } from './client.ts'

/** Twice a second at most does the screen change, however fast the updates come; the clock of what is running is the third time. */
const pace = 500

type Update =
  | { readonly kind: 'run'; readonly run: RunSummary }
  | { readonly kind: 'objects'; readonly runId: string; readonly objects: readonly RunObject[] }
  | { readonly kind: 'event'; readonly runId: string; readonly event: RunEvent }
  | { readonly kind: 'pipelines' }
  | { readonly kind: 'presence' }

/**
 * The page's one stream of what happens: keeps the answers of `runs.get` for this run, and the lists, up to date, and hands on
 * what the run logs. Without a run, only the lists. Says whether the stream is up; after a break it takes up where it was.
 */
export function useWatch(
  runId: string | undefined,
  onEvents?: (events: readonly RunEvent[]) => void,
): 'live' | 'reconnecting' {
  const [stream, setStream] = useState<'live' | 'reconnecting'>('live')
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
    const subscription = apiClient.runs.watch.subscribe(
      { runIds: runId === undefined ? [] : [runId] },
      {
        onData: ({ data }) => {
          waiting.push(data)
          timer ??= setTimeout(flush, pace)
        },
        onConnectionStateChange: ({ state, error }) =>
          setStream(state === 'connecting' && error ? 'reconnecting' : 'live'),
        onError: () => setStream('reconnecting'),
      },
    )
    return () => {
      clearTimeout(timer)
      subscription.unsubscribe()
    }
  }, [runId])
  return stream
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
    void queryClient.invalidateQueries({ queryKey: api.changes.list.pathKey() })
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
