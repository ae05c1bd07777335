import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { api, nameOfMine, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { screenStrings as words } from '../strings/editor-screen.ts'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { EditorSkeleton } from './frame/editor-skeleton.tsx'
import { serverDrafts } from './data/draft-port.ts'
import type { PipelineAnswer } from './data/use-editor-data.ts'
import { readLayout } from './document/keep-history.ts'
import { readDraft } from './document/read-draft.ts'
import type { EditorPlace } from './editor-search.ts'
import { OpenEditor } from './open-editor.tsx'
import { findKept } from './saving/keep-editor.ts'
import { openDraft } from './saving/open-draft.ts'
import { thisTab } from './saving/this-tab.ts'
import { startingPlace } from './state/editor-place.ts'
import { startSession } from './state/editor-session.ts'
import type { EditorSession } from './state/editor-session.ts'
import type { EditorStore } from './state/editor-store.ts'

const MendDraft = lazy(async () => ({ default: (await import('./yaml/mend-draft.tsx')).MendDraft }))

/** What the editor asks of the app around it: other features are not its own to import. */
export interface AppActs {
  /** Opens the dialog for a new connection; the id is given when there is one. */
  readonly onConnect: (
    side: 'source' | 'destination',
    kind: string | undefined,
    done: (id: string) => void,
  ) => void
  readonly onOpenRun: (pipelineId: string, runId: string) => void
  readonly onOpenPipeline: (pipelineId: string) => void
  /** Hears what is open in a pipeline's editor. */
  readonly onPlace: (pipelineId: string, place: EditorPlace) => void
}

interface PipelineEditorProps {
  readonly id: string
  /** The object whose records are shown at once. */
  readonly preview?: string | undefined
  /** What is open at first. */
  readonly place: EditorPlace
  readonly acts: AppActs
}

/**
 * The editor of one pipeline: loads it, brings back what this device kept, and opens it. It never opens on an answer that is left from
 * before: the draft may have been saved since, by the very same person.
 */
export function PipelineEditor({ id, preview, place, acts }: PipelineEditorProps): ReactNode {
  const pipeline = useQuery(api.pipelines.get.queryOptions({ id }, { staleTime: 0 }))
  const may = useMay()
  const [mended, setMended] = useState(0)
  if (pipeline.isPending || !pipeline.isFetchedAfterMount) return <EditorSkeleton />
  if (!pipeline.data)
    return (
      <Page title={words.loadFailed}>
        <ErrorBanner message={sentenceOf(pipeline.error)} onRetry={() => void pipeline.refetch()}>
          <Link to="/pipelines" className="underline">
            {words.toPipelines}
          </Link>
        </ErrorBanner>
      </Page>
    )
  const readOnly = !may('pipelines.saveDraft')
  return (
    <Opened
      key={`${id} ${mended}`}
      pipeline={pipeline.data}
      {...{ preview, place, readOnly, acts }}
      onMended={() => void pipeline.refetch().then(() => setMended(mended + 1))}
    />
  )
}

/** Sessions begin one after the other: what one that is left at once took from this device, it puts back for the next. */
let lastBegin: Promise<void> = Promise.resolve()

interface OpenedProps extends Pick<PipelineEditorProps, 'preview' | 'place'> {
  readonly pipeline: PipelineAnswer
  readonly readOnly: boolean
  readonly acts: AppActs
  /** The stored draft had no shape that could be drawn, and now has one. */
  readonly onMended: () => void
}

function Opened({ pipeline, preview, place, readOnly, acts, onMended }: OpenedProps): ReactNode {
  const [session, setSession] = useState<EditorSession>()
  // What the server had when the editor was opened: later answers must not begin it anew.
  const [first] = useState(pipeline)
  const [wish] = useState({ preview, place })
  const read = readDraft(first.draft)
  useEffect(() => {
    let started: EditorSession | undefined
    let left = false
    const begin = async (before: Promise<void>): Promise<void> => {
      await before
      started = await beginSession(first, readOnly)
      if (started) open(started.store, wish)
      if (left) started?.stop()
      else setSession(started)
    }
    lastBegin = begin(lastBegin)
    return () => {
      left = true
      started?.stop()
    }
  }, [first, wish, readOnly])
  if ('problems' in read)
    return (
      <Suspense fallback={<EditorSkeleton />}>
        <MendDraft pipeline={first} readOnly={readOnly} onMended={onMended} />
      </Suspense>
    )
  if (!session) return <EditorSkeleton />
  return <OpenEditor session={session} pipeline={pipeline} acts={acts} />
}

function open(store: EditorStore, { preview, place }: Pick<PipelineEditorProps, 'preview' | 'place'>): void {
  const { show, content } = store.getState()
  show(startingPlace(place, content))
  if (preview !== undefined) show({ drawer: 'preview', previewed: { object: preview, load: true } })
}

/** Undefined where the stored draft has no shape that could be drawn. */
async function beginSession(pipeline: PipelineAnswer, readOnly: boolean): Promise<EditorSession | undefined> {
  const read = readDraft(pipeline.draft)
  if ('problems' in read) return undefined
  const { id, revision } = pipeline
  const places = thisTab()
  const kept = nameOfMine(id)
  const draft = { revision, document: read.document, layout: readLayout(pipeline.layout) }
  const opened = openDraft(draft, readOnly ? undefined : await findKept(kept, places))
  return startSession({
    kept,
    opened,
    newer: opened.behind
      ? { ...draft, savedBy: pipeline.draftBy ?? undefined, savedAt: pipeline.draftAt }
      : undefined,
    verdict: { document: read.document, problems: pipeline.problems },
    readOnly,
    port: serverDrafts(id),
    places,
  })
}
