import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ScrollText } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { Run, RunEvent } from '../api/answers.ts'
import { api, apiClient, sentenceOf } from '../api/client.ts'
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

const route = getRouteApi('/frame/pipelines/$id/runs/$run')
const pageSize = 200

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
  const first = line === undefined ? 0 : Math.max(0, line - pageSize / 4)
  const question = { id: run.id, limit: pageSize, ...(object ? { object } : {}), level }
  const log = useInfiniteQuery({
    queryKey: [...api.runs.log.queryKey(question), first],
    queryFn: ({ pageParam }) => apiClient.runs.log.query({ ...question, after: pageParam }),
    initialPageParam: first,
    getNextPageParam: (page) => page.nextAfter ?? undefined,
  })
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
  const more = log.hasNextPage && (
    <Button size="small" busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
      {later.length > 0 ? runsText.logBetween : runsText.logMore}
    </Button>
  )
  return (
    <>
      {log.isError && <ErrorBanner message={sentenceOf(log.error)} onRetry={() => void log.refetch()} />}
      <LogLines read={read} more={more} heard={later} marked={line} follow={follow} />
    </>
  )
}
