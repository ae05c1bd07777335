import { useEffect, useState } from 'react'

const clocks = new Set<(now: number) => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** The time in milliseconds, once a second while `running`. All of a page's clocks move together, so that it is drawn once for all. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!running) return undefined
    clocks.add(setNow)
    timer ??= setInterval(tick, 1_000)
    return () => {
      clocks.delete(setNow)
      if (clocks.size > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }, [running])
  return now
}

function tick(): void {
  const now = Date.now()
  for (const move of clocks) move(now)
}
