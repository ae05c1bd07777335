import type { ReactNode } from 'react'
import { uiText } from '../strings/ui.ts'
import { timeAgo } from './time-ago.ts'
import { clockPaces, useNow } from './use-now.ts'

interface RelativeTimeProps {
  /** An ISO time, or milliseconds since 1970. */
  readonly at: string | number | Date | undefined | null
  /** What stands there when there is no time. */
  readonly absent?: string
}

/** "4 min ago"; the exact time, in the reader's zone, in its title. All of them move on together, twice a minute. */
export function RelativeTime({ at, absent }: RelativeTimeProps): ReactNode {
  const now = useNow('halfMinute')
  if (at === undefined || at === null) return <span className="text-muted">{absent ?? uiText.never}</span>
  const time = new Date(at)
  return (
    <time
      dateTime={time.toISOString()}
      title={time.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' })}
      className="whitespace-nowrap"
    >
      {timeAgo(time.getTime(), now, clockPaces.halfMinute)}
    </time>
  )
}
