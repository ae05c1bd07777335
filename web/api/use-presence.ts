import { useEffect, useState } from 'react'
import { watchRuns } from './watch-runs.ts'

/** Somebody else who has the same pipeline open. */
export interface Person {
  readonly userId: string
  readonly name: string
}

/** The server forgets who has not said for 25 seconds that they are there. */
const beatMs = 10_000
const nobody: readonly Person[] = []

/** Who else has a pipeline open, as it happens; tells them that this tab has it open, too. While the server does not answer, nobody is shown. */
export function usePresence(pipelineId: string): readonly Person[] {
  const [people, setPeople] = useState(nobody)
  useEffect(() => {
    const close = watchRuns(
      { runIds: [], pipelineId },
      {
        onUpdate: (update) => {
          if (update.kind === 'presence') setPeople(update.people)
        },
        onState: (state) => {
          if (state === 'reconnecting') setPeople(nobody)
        },
        onGap: () => undefined,
      },
    )
    return () => {
      close()
      setPeople(nobody)
    }
  }, [pipelineId])
  useEffect(() => saysPresence(pipelineId), [pipelineId])
  return people
}

/** Begins to say that this tab is there, and gives back what ends it. A tab in the background is slowed down by the browser, and may be taken to have gone. */
function saysPresence(pipelineId: string): () => void {
  let tab = crypto.randomUUID()
  const say = (here: boolean): void => {
    // Kept alive, so that leaving is still said while the page goes.
    void fetch('/api/pipelines/present', {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: pipelineId, tab, here }),
    }).catch(() => undefined)
  }
  const come = (): void => {
    if (document.visibilityState === 'visible') say(true)
  }
  const go = (): void => {
    say(false)
    // A page that the browser brings back from its memory is somebody new.
    tab = crypto.randomUUID()
  }
  const timer = setInterval(() => say(true), beatMs)
  document.addEventListener('visibilitychange', come)
  window.addEventListener('pagehide', go)
  say(true)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', come)
    window.removeEventListener('pagehide', go)
    go()
  }
}
