import { Link2 } from 'lucide-react'
import { memo, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { RunEvent } from '../api/answers.ts'
import { withQuotedSetOff } from '../strings/catalogue.ts'
import { runsText } from '../strings/runs.ts'
import { classNames } from '../ui/class-names.ts'
import { clockTime } from '../ui/clock-time.ts'
import { toastDone, toastFailed } from '../ui/toaster.tsx'
import { uiText } from '../strings/ui.ts'

interface LogLinesProps {
  /** What was read of the log: its newest lines, or those around a line. */
  readonly read: readonly RunEvent[]
  /** Stands before them where lines are missing. */
  readonly earlier: ReactNode
  /** Stands where lines are missing: after those that were read. */
  readonly more: ReactNode
  /** What was logged since the page is open, after the lines that were read. */
  readonly heard: readonly RunEvent[]
  /** The line that a link points to. */
  readonly marked: number | undefined
  readonly follow: boolean
}

/** Lines of a log, newest at the bottom, where it begins unless a line is marked; with `follow`, the newest stays in sight. */
export function LogLines({ read, earlier, more, heard, marked, follow }: LogLinesProps): ReactNode {
  const newest = (heard.at(-1) ?? read.at(-1))?.seq
  const list = useRef<HTMLOListElement>(null)
  useSteadyScroll(list, read[0]?.seq, marked === undefined)
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
      className="max-h-96 overflow-y-auto border-t py-1 font-mono text-xs [overflow-anchor:none]"
    >
      {earlier && <li className="py-1 font-sans">{earlier}</li>}
      {read.map(draw)}
      {more && <li className="py-1 font-sans">{more}</li>}
      {heard.map(draw)}
    </ol>
  )
}

/** A list that begins at its end, and in which whoever reads stays where they are when earlier lines come above. */
function useSteadyScroll(
  list: RefObject<HTMLOListElement | null>,
  oldest: number | undefined,
  fromEnd: boolean,
): void {
  const before = useRef<{ readonly oldest: number; readonly height: number }>(undefined)
  useLayoutEffect(() => {
    const box = list.current
    if (!box || oldest === undefined) return
    const last = before.current
    if (last === undefined && fromEnd) box.scrollTo(0, box.scrollHeight)
    else if (last && oldest < last.oldest) box.scrollBy(0, box.scrollHeight - last.height)
    before.current = { oldest, height: box.scrollHeight }
  })
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
      <span className="min-w-0 flex-1 pt-1 break-words">{withQuotedSetOff(message)}</span>
      {/* Without a tooltip of its own: there may be thousands of lines. */}
      <button
        type="button"
        aria-label={runsText.logLink(seq)}
        title={runsText.logLink(seq)}
        onClick={() => void copyLink(seq)}
        className="text-muted hover:bg-subtle flex size-6 shrink-0 items-center justify-center rounded-md opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
      >
        <Link2 aria-hidden size={14} />
      </button>
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
