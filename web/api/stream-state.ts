/** Whether what is shown is up to date: the stream is open, or is being opened again after a break. */
export type StreamState = 'live' | 'reconnecting'

interface Listener {
  readonly onState: (state: StreamState) => void
  /** Something may come from now on: told once for each time that it was opened, before it is live. */
  readonly onFlow: () => void
}

/** What happens to a stream, as it happens. */
interface StreamNews {
  readonly opened: () => void
  /** Something came over it. */
  readonly told: () => void
  readonly broke: () => void
  /** Nobody listens any more. */
  readonly stop: () => void
}

/** The server opens a stream also to refuse it, and says so at once: one that stands for so long was not refused. */
const settleMs = 1_000

/** Tells from what happens to a stream whether it is live: once something came over it, or it stood for a second. */
export function streamState({ onState, onFlow }: Listener): StreamNews {
  let settling: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => {
    clearTimeout(settling)
    settling = undefined
  }
  const flows = (): void => {
    stop()
    onFlow()
    onState('live')
  }
  return {
    opened: () => {
      stop()
      settling = setTimeout(flows, settleMs)
    },
    told: () => {
      if (settling !== undefined) flows()
    },
    broke: () => {
      stop()
      onState('reconnecting')
    },
    stop,
  }
}
