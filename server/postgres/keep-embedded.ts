import { isAlive } from '../is-alive.ts'
import { type EmbeddedPostgres, startEmbedded } from './start-embedded.ts'

/** How often to look whether another process's server still runs, in milliseconds. */
const lookMs = 500
/** A server that is just being stopped by whoever had it lets no other begin, and does not answer any more. */
const mostTries = 5

/** An embedded PostgreSQL, whoever runs it. */
export interface KeptPostgres {
  /** As of `EmbeddedPostgres`; the same for whoever runs it. */
  readonly url: string
  /** The server's process, as of now. */
  readonly pid: number
  /** Ends the server where this process runs it, and looks after it no longer. */
  stop(): Promise<void>
}

/**
 * The embedded PostgreSQL of `folder`, there for as long as this process wants it. Where another process of this machine runs it already, it
 * is used; and when the server ends, with that process or by itself, it is started anew here, in the same place: connections break, and the
 * next ones succeed. `onEnd` hears of it, and, with the error, of each time that it could not be started. Throws where it cannot be at first.
 */
export async function keepEmbedded(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
  onEnd: (error: unknown) => void = () => {},
): Promise<KeptPostgres> {
  let current = await startPatiently(folder, settings)
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let takingOver: Promise<void> | undefined
  const takeOver = async (): Promise<void> => {
    try {
      current = await startEmbedded(folder, settings)
      onEnd(undefined)
    } catch (error) {
      // Another look follows.
      onEnd(error)
    }
    lookAfter()
  }
  const look = (): void => {
    if (isAlive(current.pid)) lookAfter()
    else takingOver = takeOver()
  }
  const lookAfter = (): void => {
    if (!stopping) timer = setTimeout(look, lookMs).unref()
  }
  lookAfter()
  return {
    url: current.url,
    get pid() {
      return current.pid
    },
    stop: async () => {
      stopping = true
      await takingOver
      clearTimeout(timer)
      await current.stop()
    },
  }
}

async function startPatiently(
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<EmbeddedPostgres> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startEmbedded(folder, settings)
    } catch (error) {
      if (tries >= mostTries) throw error
    }
  }
}
