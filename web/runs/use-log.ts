import { useInfiniteQuery } from '@tanstack/react-query'
import type { Answers, RunEvent } from '../api/answers.ts'
import { api, apiClient } from '../api/client.ts'

const pageSize = 200

interface LogQuestion {
  readonly run: string
  readonly object: string | undefined
  readonly level: RunEvent['level']
  /** The line that a link points to; undefined: the newest. */
  readonly line: number | undefined
  /** The first of the lines that were heard since and are kept: what lies between is to be read. */
  readonly heardFrom: number | undefined
}

/** Where a page of the log begins or ends. */
interface Place {
  readonly end: 'oldest' | 'newest'
  readonly after?: number
  readonly before?: number
}

/** The log of a run, read from its newest lines or from around one of them, and from there on both ways. */
export function useLog({ run, object, level, line, heardFrom = 0 }: LogQuestion) {
  const question = { id: run, limit: pageSize, ...(object ? { object } : {}), level }
  const first: Place =
    line === undefined ? { end: 'newest' } : { end: 'oldest', after: Math.max(0, line - pageSize / 4) }
  return useInfiniteQuery({
    queryKey: [...api.runs.log.queryKey(question), first],
    queryFn: ({ pageParam }) => apiClient.runs.log.query({ ...question, ...pageParam }),
    initialPageParam: first,
    getNextPageParam: (page, _, place) => following(page, place, heardFrom),
    getPreviousPageParam: (page, _, place) => earlier(page, place),
  })
}

type LogPage = Answers['runs']['log']

function following({ events, nextAfter }: LogPage, place: Place, heardFrom: number): Place | undefined {
  const { end, before } = place
  if (nextAfter !== null) return { ...place, after: nextAfter }
  const reached = before === undefined ? (events.at(-1)?.seq ?? 0) : before - 1
  if (end === 'newest' && before !== undefined) return { end: 'oldest', after: reached }
  return heardFrom > reached + 1 ? { end: 'oldest', after: reached, before: heardFrom } : undefined
}

function earlier({ nextBefore }: LogPage, { after = 0 }: Place): Place | undefined {
  if (nextBefore !== null) return { end: 'newest', before: nextBefore }
  return after > 0 ? { end: 'newest', before: after + 1 } : undefined
}
