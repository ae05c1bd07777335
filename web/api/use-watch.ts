import { useEffect, useEffectEvent, useState } from 'react'
import type { Run, RunEvent, RunObject, RunSummary } from './answers.ts'
import { api, apiClient, queryClient } from './client.ts'

/** At most four times a second does the screen change, however fast the updates come. */
const pace = 250

type Update =
  | { readonly kind: 'run'; readonly run: RunSummary }
  | { readonly kind: 'object'; readonly runId: string; readonly object: RunObject }
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
    queryClient.setQueryData(
      api.runs.get.queryKey({ id }),
      (run) => run && updates.reduce((now, update) => applied(now, update, id), run),
    )
  }
  if (updates.some(({ kind }) => kind === 'run')) {
    for (const id of ids) void queryClient.invalidateQueries({ queryKey: api.runs.get.queryKey({ id }) })
  }
  if (updates.some(({ kind }) => kind === 'pipelines')) {
    void queryClient.invalidateQueries({ queryKey: api.pipelines.list.pathKey() })
    void queryClient.invalidateQueries({ queryKey: api.runs.list.pathKey() })
  }
}

function runOf(update: Update): readonly string[] {
  switch (update.kind) {
    case 'run':
      return [update.run.id]
    case 'object':
      return [update.runId]
    case 'event':
    case 'pipelines':
    case 'presence':
      return []
  }
}

function applied(run: Run, update: Update, id: string): Run {
  if (update.kind === 'run' && update.run.id === id) return { ...run, ...update.run }
  if (update.kind !== 'object' || update.runId !== id) return run
  const known = run.objects.some(({ object }) => object === update.object.object)
  const objects = known
    ? run.objects.map((object) => (object.object === update.object.object ? update.object : object))
    : [...run.objects, update.object]
  return { ...run, objects }
}
