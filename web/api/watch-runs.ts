import type { RunEvent, RunObject, RunSummary } from './answers.ts'
import { api, apiClient, codeOf, queryClient } from './client.ts'
import { onSignedInAgain } from './session-over.ts'
import { streamState } from './stream-state.ts'
import type { StreamState } from './stream-state.ts'

/** Something that the server tells as soon as it happens. */
export type Update =
  | { readonly kind: 'run'; readonly run: RunSummary }
  | { readonly kind: 'objects'; readonly runId: string; readonly objects: readonly RunObject[] }
  | { readonly kind: 'event'; readonly runId: string; readonly event: RunEvent }
  | { readonly kind: 'pipelines' }
  | {
      readonly kind: 'presence'
      readonly people: readonly { readonly userId: string; readonly name: string }[]
    }

interface Watched {
  /** The runs whose progress and log are told; none: only that lists have changed. */
  readonly runIds: readonly string[]
  /** The pipeline of which it is told who else has it open. */
  readonly pipelineId?: string
}

interface Watcher {
  readonly onUpdate: (update: Update) => void
  readonly onState: (state: StreamState) => void
  /** The stream began anew without knowing where it was: what was read before may be old. */
  readonly onGap: () => void
}

/** A refused stream is asked for again after so many milliseconds, then after twice as many, at most after the latter. */
const [firstWaitMs, longestWaitMs] = [1_000, 30_000]
/** A tab that is out of sight for so long lets go of its stream. */
const hiddenMs = 5_000

/**
 * Opens a stream of what happens, and gives back what closes it. When the connection breaks, the browser itself opens it again. When a
 * server or a proxy answers with an error instead (as during an upgrade), the browser gives up: then it is opened again here, from the last
 * update that came; at once when whoever was no longer signed in is again. A browser has no more than six connections to one server for all
 * of its tabs together, so a tab that nobody sees has none.
 */
export function watchRuns(
  { runIds, pipelineId }: Watched,
  { onUpdate, onState, onGap }: Watcher,
): () => void {
  let lastEventId: string | undefined
  let hasBegun = false
  let stream: { readonly unsubscribe: () => void } | undefined

  const onFlow = (): void => {
    if (hasBegun && lastEventId === undefined) onGap()
    hasBegun = true
  }
  const state = streamState({ onState, onFlow })
  const broke = (): void => {
    hasBegun = true
    state.broke()
  }
  const open = (): void => {
    const input = { runIds: [...runIds], pipelineId, lastEventId }
    stream = apiClient.runs.watch.subscribe(input, {
      onStarted: () => {
        again.began()
        state.opened()
      },
      onData: ({ id, data }) => {
        state.told()
        lastEventId = id
        onUpdate(data)
      },
      onConnectionStateChange: ({ state: now, error }) => {
        if (now === 'connecting' && error) broke()
      },
      onStopped: openAgain,
      onError: openAgain,
    })
  }
  const openAgain = (error?: unknown): void => {
    broke()
    // It may have ended because nobody is signed in any more: then this question leads to the sign-in.
    void queryClient.invalidateQueries({ queryKey: api.session.me.queryKey() })
    again.wait(codeOf(error) !== undefined)
  }
  const again = patiently(open)
  const close = (): void => {
    again.stop()
    state.stop()
    stream?.unsubscribe()
  }
  const forget = onSignedInAgain(again.atOnce)
  const leave = whileInSight(open, close)
  return () => {
    forget()
    leave()
  }
}

/** Opens while the tab is in sight, and closes once it was out of sight for a while. Gives what ends it. */
function whileInSight(open: () => void, close: () => void): () => void {
  let isOpen = false
  let hiding: ReturnType<typeof setTimeout> | undefined
  const leave = (): void => {
    isOpen = false
    close()
  }
  const look = (): void => {
    clearTimeout(hiding)
    if (document.visibilityState === 'hidden') hiding = setTimeout(leave, hiddenMs)
    else if (!isOpen) {
      isOpen = true
      open()
    }
  }
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    document.removeEventListener('visibilitychange', look)
    clearTimeout(hiding)
    close()
  }
}

interface Patience {
  /** What is waited for has begun. */
  readonly began: () => void
  /** Does it after a wait, which is longer each time; the shortest again once it began and was not refused: a refusal, too, begins. */
  readonly wait: (isRefused: boolean) => void
  /** Does it now, where it is being waited for. */
  readonly atOnce: () => void
  readonly stop: () => void
}

function patiently(act: () => void): Patience {
  let waitMs = firstWaitMs
  let hasBegun = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => {
    clearTimeout(timer)
    timer = undefined
  }
  const go = (): void => {
    stop()
    act()
  }
  return {
    began: () => void (hasBegun = true),
    wait: (isRefused) => {
      if (hasBegun && !isRefused) waitMs = firstWaitMs
      hasBegun = false
      timer = setTimeout(go, waitMs)
      waitMs = Math.min(waitMs * 2, longestWaitMs)
    },
    atOnce: () => {
      if (timer === undefined) return
      waitMs = firstWaitMs
      go()
    },
    stop,
  }
}
