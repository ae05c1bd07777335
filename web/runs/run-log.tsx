import { getRouteApi } from '@tanstack/react-router'
import { ScrollText } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { Run, RunEvent } from '../api/answers.ts'
import { sentenceOf } from '../api/client.ts'
import { useKeysOf } from '../keyboard/preferences.ts'
import { useShortcut } from '../keyboard/use-shortcut.ts'
import { runsText } from '../strings/runs.ts'
import { Button } from '../ui/button.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Keys } from '../ui/kbd.tsx'
import { Select } from '../ui/select.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { LogLines } from './log-lines.tsx'
import { logLevels } from './runs-search.ts'
import { useLog } from './use-log.ts'

const route = getRouteApi('/frame/pipelines/$id/runs/$run')

interface RunLogProps {
  readonly run: Run
  /** What was logged since the page is open. */
  readonly heard: readonly RunEvent[]
  readonly follow: boolean
}

/** The log of a run, behind a button: what happened, by object and level, each line with a link of its own. */
export function RunLog({ run, heard, follow }: RunLogProps): ReactNode {
  const { log = false, line } = route.useSearch()
  const navigate = route.useNavigate()
  const keys = useKeysOf('log')
  const open = log || line !== undefined
  const section = useRef<HTMLElement>(null)
  const wasOpen = useRef(open)
  // It lies below the table: whoever asks for it by a key would see nothing happen.
  useEffect(() => {
    if (open && !wasOpen.current) section.current?.scrollIntoView({ block: 'start' })
    wasOpen.current = open
  }, [open])
  const toggle = (): void => {
    void navigate({
      search: (old) => ({ ...old, log: open ? undefined : true, line: undefined }),
      replace: true,
      resetScroll: false,
    })
  }
  useShortcut('log', toggle)
  return (
    <section ref={section} aria-label={runsText.log} className="bg-surface scroll-mt-4 rounded-lg border">
      <div className="flex flex-wrap items-center gap-2 px-3 py-2">
        <Button look="quiet" icon={ScrollText} aria-expanded={open} onClick={toggle}>
          {open ? runsText.logHide : runsText.logShow}
          {keys && (
            <span className="pointer-coarse:hidden">
              <Keys keys={keys} />
            </span>
          )}
        </Button>
        {open && <LogFilters objects={run.objects.map(({ object }) => object)} />}
      </div>
      {open && <LogBody run={run} heard={heard} follow={follow} />}
    </section>
  )
}

function LogFilters({ objects }: { readonly objects: readonly string[] }): ReactNode {
  const { object, level } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <div className="ml-auto flex flex-wrap gap-2">
      <Select
        aria-label={runsText.columns.object}
        className="w-44"
        value={object ?? ''}
        options={[
          { value: '', label: runsText.logAllObjects },
          ...objects.map((name) => ({ value: name, label: name })),
        ]}
        onChange={(name) =>
          void navigate({
            search: (old) => ({ ...old, object: name || undefined }),
            replace: true,
            resetScroll: false,
          })
        }
      />
      <Select
        aria-label={runsText.logLevel}
        className="w-48"
        value={level ?? 'info'}
        options={logLevels.map((one) => ({ value: one, label: runsText.logLevels[one] }))}
        onChange={(one) =>
          void navigate({ search: (old) => ({ ...old, level: one }), replace: true, resetScroll: false })
        }
      />
    </div>
  )
}

function LogBody({ run, heard, follow }: RunLogProps): ReactNode {
  const { object, level = 'info', line } = route.useSearch()
  const log = useLog({ run: run.id, object, level, line, heardFrom: heard[0]?.seq })
  const read = useMemo(() => log.data?.pages.flatMap((page) => page.events) ?? [], [log.data])
  const later = useMemo(() => {
    const last = read.at(-1)?.seq ?? 0
    return heard.filter(
      (event) =>
        event.seq > last &&
        (!object || event.object === object) &&
        logLevels.indexOf(event.level) >= logLevels.indexOf(level),
    )
  }, [read, heard, object, level])
  if (log.isPending) return <Skeleton className="m-3 h-40" />
  const earlier = log.hasPreviousPage && (
    <LogMore
      label={runsText.logEarlier}
      busy={log.isFetchingPreviousPage}
      onMore={() => void log.fetchPreviousPage()}
      far={{ label: runsText.logBeginning, line: 1 }}
    />
  )
  const more = log.hasNextPage && (
    <LogMore
      label={later.length > 0 ? runsText.logBetween : runsText.logMore}
      busy={log.isFetchingNextPage}
      onMore={() => void log.fetchNextPage()}
      far={{ label: runsText.logNewest, line: undefined }}
    />
  )
  return (
    <>
      {log.isError && <ErrorBanner message={sentenceOf(log.error)} onRetry={() => void log.refetch()} />}
      <LogLines
        key={String(line)}
        read={read}
        earlier={earlier}
        more={more}
        heard={later}
        marked={line}
        follow={follow}
      />
    </>
  )
}

interface LogMoreProps {
  readonly label: string
  readonly busy: boolean
  readonly onMore: () => void
  /** The end of the log that lies that way. */
  readonly far: { readonly label: string; readonly line: number | undefined }
}

/** The next lines one way, or all the way at once. */
function LogMore({ label, busy, onMore, far }: LogMoreProps): ReactNode {
  const navigate = route.useNavigate()
  const goFar = (): void => {
    void navigate({
      search: (old) => ({ ...old, log: true, line: far.line }),
      replace: true,
      resetScroll: false,
    })
  }
  return (
    <div className="flex flex-wrap justify-center gap-2">
      <Button size="small" busy={busy} onClick={onMore}>
        {label}
      </Button>
      <Button size="small" look="quiet" onClick={goFar}>
        {far.label}
      </Button>
    </div>
  )
}
