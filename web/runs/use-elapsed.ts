import type { RunObject } from '../api/answers.ts'
import { useNow } from '../ui/use-now.ts'

/** From an object's own start to its end, or to now while the run is under way; undefined before it started. Milliseconds. */
export function useElapsed(
  { startedAt, finishedAt }: Pick<RunObject, 'startedAt' | 'finishedAt'>,
  live: boolean,
): number | undefined {
  const now = useNow('second', live && startedAt !== null && finishedAt === null)
  if (!startedAt) return undefined
  return Math.max(0, (finishedAt ? Date.parse(finishedAt) : now) - Date.parse(startedAt))
}
