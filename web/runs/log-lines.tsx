import { Link2 } from 'lucide-react'
import { memo, type ReactNode, useEffect, useRef } from 'react'
import type { RunEvent } from '../api/answers.ts'
import { runsText } from '../strings/runs.ts'
import { classNames } from '../ui/class-names.ts'
import { clockTime } from '../ui/clock-time.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { toastDone, toastFailed } from '../ui/toaster.tsx'
import { uiText } from '../strings/ui.ts'

interface LogLinesProps {
  /** What was read of the log, from its beginning or from around a line on. */
  readonly read: readonly RunEvent[]
  /** Stands where lines are missing: after those that were read. */
  readonly more: ReactNode
  /** What was logged since the page is open, after the lines that were read. */
  readonly heard: readonly RunEvent[]
  /** The line that a link points to. */
  readonly marked: number | undefined
  readonly follow: boolean
}

/** Lines of a log, newest at the bottom; with `follow`, the newest stays in sight. */
export function LogLines({ read, more, heard, marked, follow }: LogLinesProps): ReactNode {
  const list = useRef<HTMLOListElement>(null)
  const newest = (heard.at(-1) ?? read.at(-1))?.seq
  useEffect(() => {
    if (follow && list.current) list.current.scrollTop = list.current.scrollHeight
  }, [follow, newest])
  if (newest === undefined)
    return <p className="text-muted border-t px-4 py-6 text-center">{runsText.logEmpty}</p>
  const draw = (line: RunEvent): ReactNode => (
    <LogLine key={line.seq} line={line} marked={line.seq === marked} />
  )
  return (
    <ol
      ref={list}
      tabIndex={0}
      aria-label={runsText.log}
      className="max-h-96 overflow-y-auto border-t py-1 font-mono text-xs"
    >
      {read.map(draw)}
      {more && <li className="py-1 text-center font-sans">{more}</li>}
      {heard.map(draw)}
    </ol>
  )
}

interface LogLineProps {
  readonly line: RunEvent
  readonly marked: boolean
}

/** Drawn anew only when it is marked, and shown once: a run that goes on adds lines twice a second, and whoever scrolls away stays there. */
const LogLine = memo(function LogLine({ line, marked }: LogLineProps): ReactNode {
  const { seq, at, level, object, message } = line
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (marked) row.current?.scrollIntoView({ block: 'center' })
  }, [marked])
  return (
    <li
      ref={row}
      className={classNames(
        'group flex items-start gap-3 px-3',
        marked ? 'bg-accent-soft' : 'hover:bg-canvas',
      )}
    >
      <time dateTime={at} className="text-muted tabular shrink-0 pt-1">
        {clockTime(at, true)}
      </time>
      <span className={classNames('w-10 shrink-0 pt-1', levelColours[level])}>{level}</span>
      <span className="text-muted w-32 shrink-0 truncate pt-1 max-sm:hidden">{object}</span>
      <span className="min-w-0 flex-1 pt-1 break-words">{message}</span>
      <IconButton
        size="small"
        icon={Link2}
        label={runsText.logLink(seq)}
        onClick={() => void copyLink(seq)}
        className="!size-6 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
      />
    </li>
  )
})

const levelColours = { info: 'text-info', warn: 'text-warn', error: 'text-bad' } as const

async function copyLink(line: number): Promise<void> {
  const url = new URL(location.href)
  url.searchParams.set('log', 'true')
  url.searchParams.set('line', String(line))
  try {
    await navigator.clipboard.writeText(url.href)
    toastDone(runsText.linkCopied)
  } catch {
    toastFailed(uiText.notCopied)
  }
}
