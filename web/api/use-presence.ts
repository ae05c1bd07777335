import { useEffect, useState } from 'react'
import { apiClient } from './client.ts'

/** Somebody else who has the same pipeline open. */
export interface Person {
  readonly userId: string
  readonly name: string
}

/** The server forgets who has not said for 25 seconds that they are there. */
const beatMs = 10_000
const nobody: readonly Person[] = []

/** Who else has a pipeline open, as it happens; and says to them that this tab has it open. Left alone by what fails: nobody is shown then. */
export function usePresence(pipelineId: string): readonly Person[] {
  const [people, setPeople] = useState(nobody)
  useEffect(() => {
    const subscription = apiClient.runs.watch.subscribe(
      { runIds: [], pipelineId },
      {
        onData: ({ data }) => {
          if (data.kind === 'presence') setPeople(data.people)
        },
        onError: () => setPeople(nobody),
      },
    )
    return () => {
      subscription.unsubscribe()
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
