import { useSubscription } from '@trpc/tanstack-react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { Run, RunEvent, RunObject, RunSummary } from './answers.ts'
import { api, queryClient } from './client.ts'

/** At most four times a second does the screen change, however fast the updates come. */
const pace = 250

type Update =
  | { readonly kind: 'run'; readonly run: RunSummary }
  | { readonly kind: 'object'; readonly runId: string; readonly object: RunObject }
  | { readonly kind: 'event'; readonly runId: string; readonly event: RunEvent }
  | { readonly kind: 'pipelines' }

/**
 * The page's one stream of what happens: keeps the answers of `runs.get` for these runs, and the lists, up to date, and
 * hands on what runs log. Says whether the stream is up; after a break it takes up where it was.
 */
export function useWatch(
  runIds: readonly string[],
  onEvents?: (events: readonly RunEvent[]) => void,
): 'live' | 'reconnecting' {
  const waiting = useRef<Update[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const hand = useEffectEvent((events: readonly RunEvent[]) => onEvents?.(events))
  const flush = useEffectEvent(() => {
    const updates = waiting.current
    waiting.current = []
    timer.current = undefined
    apply(updates)
    const events = updates.flatMap((update) =>
      update.kind === 'event' && runIds.includes(update.runId) ? [update.event] : [],
    )
    if (events.length > 0) hand(events)
  })
  const flushRef = useRef(() => {})
  useEffect(() => {
    flushRef.current = () => flush()
    return () => clearTimeout(timer.current)
  }, [])
  const stream = useSubscription(
    api.runs.watch.subscriptionOptions(
      { runIds: [...runIds] },
      {
        onData: ({ data }) => {
          waiting.current.push(data)
          timer.current ??= setTimeout(() => flushRef.current(), pace)
        },
      },
    ),
  )
  return stream.status === 'pending' || stream.status === 'idle'
    ? 'live'
    : stream.status === 'connecting' && !stream.error
      ? 'live'
      : 'reconnecting'
}

function apply(updates: readonly Update[]): void {
  const ids = new Set(
    updates.flatMap((update) =>
      update.kind === 'run' ? [update.run.id] : update.kind === 'object' ? [update.runId] : [],
    ),
  )
  for (const id of ids) {
    queryClient.setQueryData(
      api.runs.get.queryKey({ id }),
      (run) => run && updates.reduce((now, update) => applied(now, update, id), run),
    )
  }
  if (updates.some(({ kind }) => kind === 'pipelines' || kind === 'run')) {
    void queryClient.invalidateQueries({ queryKey: api.pipelines.list.queryKey() })
    void queryClient.invalidateQueries({ queryKey: api.runs.list.queryKey() })
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
