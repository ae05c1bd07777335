import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useSignedInAgain } from '../api/session-over.ts'
import { screenStrings as words } from '../strings/editor-screen.ts'
import { useNarrow } from './state/use-narrow.ts'
import { toastDone } from '../ui/toaster.tsx'
import { useWindowTitle } from '../ui/use-window-title.ts'
import { EditorCanvas } from './canvas/editor-canvas.tsx'
import { StepPicker } from './canvas/step-picker.tsx'
import { useEditorData } from './data/use-editor-data.ts'
import type { PipelineAnswer } from './data/use-editor-data.ts'
import { useTest } from './data/use-test.ts'
import { diffDocuments } from './document/diff-documents.ts'
import { readDraft } from './document/read-draft.ts'
import { Conflict } from './frame/conflict.tsx'
import { Drawer } from './frame/drawer.tsx'
import { EditorHeader } from './frame/editor-header.tsx'
import { Publish } from './frame/publish.tsx'
import { RunButton } from './frame/run-button.tsx'
import { RunPane } from './frame/run-pane.tsx'
import { SaveBanner } from './frame/save-banner.tsx'
import { OutlineView } from './outline/outline-view.tsx'
import { StepPanel } from './panels/step-panel.tsx'
import type { AppActs } from './pipeline-editor.tsx'
import type { NewerDraft } from './saving/draft-port.ts'
import type { SaveState } from './saving/draft-saver.ts'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { EditorStoreContext, SurroundingsContext, useEditor } from './state/editor-context.ts'
import type { EditorState } from './state/editor-store.ts'
import type { DraftDocument } from './document/draft-document.ts'
import { EditorSpeech } from './state/editor-speech.tsx'
import type { EditorSession } from './state/editor-session.ts'
import { watchPlace } from './state/editor-place.ts'
import { useConnectStep } from './state/use-connect-step.ts'
import { useFocusKept } from './state/use-focus-kept.ts'
import { useForgetSamples } from './source/use-samples.ts'
import { useCatalogueArrival } from './state/use-catalogue-arrival.ts'
import { useWholeSurroundings } from './use-whole-surroundings.ts'

const PreviewPane = lazy(async () => ({ default: (await import('./frame/preview-pane.tsx')).PreviewPane }))
const YamlView = lazy(async () => ({ default: (await import('./yaml/yaml-view.tsx')).YamlView }))

const viewOf = (state: EditorState): EditorState['view'] => state.view

interface OpenEditorProps {
  readonly session: EditorSession
  readonly pipeline: PipelineAnswer
  readonly acts: AppActs
}

/** A pipeline that is open: the three views of one document, its panels, and what is around them. */
export function OpenEditor({ session, pipeline, acts }: OpenEditorProps): ReactNode {
  const data = useEditorData(pipeline)
  const published = usePublished(pipeline)
  const connect = useConnectStep(session.store, data.connections, acts.onConnect)
  const readOnly = useStore(session.store, (state) => state.readOnly)
  const around = useWholeSurroundings(session, data, { published, connect: readOnly ? undefined : connect })
  useCatalogueArrival(session.store, data.catalogues)
  const { restored } = session
  useEffect(() => {
    if (restored > 0) toastDone(words.restored(restored))
  }, [restored])
  useFocusOnArrival(session)
  const { onPlace } = acts
  useEffect(
    () => watchPlace(session.store, (place) => onPlace(pipeline.id, place)),
    [session, onPlace, pipeline.id],
  )
  useForgetSamples()
  return (
    <EditorStoreContext value={session.store}>
      <SurroundingsContext value={around}>
        <EditorFrame {...{ session, pipeline, acts, published }} />
      </SurroundingsContext>
    </EditorStoreContext>
  )
}

/** Whoever comes with the keyboard is where the next key does something: at the first empty place, or at the source. */
function useFocusOnArrival({ store }: EditorSession): void {
  useEffect(() => {
    const { view, panel, content, goTo } = store.getState()
    // An open panel takes the focus itself.
    if (panel) goTo(panel.step, false)
    else if (view === 'canvas') goTo(content.document.source ? 'source' : 'slot:source')
  }, [store])
}

interface EditorFrameProps extends OpenEditorProps {
  readonly published: DraftDocument | undefined
}

function EditorFrame({ session, pipeline, acts, published }: EditorFrameProps): ReactNode {
  const { store, saving, saver } = session
  const save = useStore(saving, (state) => state.state)
  const document = useStore(store, ({ content }) => content.document)
  const readOnly = useStore(store, (state) => state.readOnly)
  const hasPanel = useStore(store, (state) => state.panel !== undefined)
  const [asked, setAsked] = useState<Asked>({ publishing: false })
  const test = useTest(store)
  const frame = useRef<HTMLDivElement>(null)
  useFocusKept(frame, store)
  useSignedInAgain(() => void saver.saveNow())
  useWindowTitle(document.name)
  const narrow = useNarrow(1_023)
  const cramped = useNarrow(1_699)
  const phone = useNarrow(767)
  const changed = !published || diffDocuments(published, document).length > 0
  const openPublish = (): void => {
    setAsked({ publishing: save.kind !== 'conflict' })
    void saver.saveNow()
  }
  return (
    <div ref={frame} className="flex h-[calc(var(--app)-3.5rem)] min-h-0 flex-col sm:h-(--app)">
      <EditorHeader
        pipelineId={pipeline.id}
        save={save}
        version={pipeline.version}
        changed={changed}
        testing={test.busy}
        run={<RunButton {...{ pipeline, changed }} onOpenRun={acts.onOpenRun} />}
        onTest={readOnly ? undefined : test.run}
        onPublish={readOnly ? undefined : openPublish}
        onSave={() => void saver.saveNow()}
      />
      <SaveBanner
        save={save}
        onRetry={() => void saver.saveNow()}
        onDecide={() => setAsked({ publishing: false })}
      />
      <div className="relative flex min-h-0 flex-1">
        <div className={hasPanel && narrow ? 'hidden' : 'flex min-w-0 flex-1 flex-col'}>
          <div className="min-h-0 flex-1">
            <View palette={!phone && !(hasPanel && cramped)} />
          </div>
          <Drawer
            preview={
              <Suspense fallback={<SkeletonRows rows={4} />}>
                <PreviewPane pipelineId={pipeline.id} />
              </Suspense>
            }
            run={<RunPane pipeline={pipeline} onOpenRun={acts.onOpenRun} />}
          />
        </div>
        <StepPanel />
      </div>
      <StepPicker />
      <Questions {...{ session, pipeline, acts, published, save, asked }} onAsked={setAsked} />
      <EditorSpeech />
    </div>
  )
}

/** What the person wants to be asked: whether to publish; and which of somebody else's drafts they left for later. */
interface Asked {
  readonly publishing: boolean
  readonly later?: NewerDraft
}

interface QuestionsProps extends EditorFrameProps {
  readonly save: SaveState
  readonly asked: Asked
  readonly onAsked: (asked: Asked) => void
}

/** The dialogs over an open editor. What somebody else saved meanwhile is decided before anything is published. */
function Questions({ save, asked, onAsked, ...editor }: QuestionsProps): ReactNode {
  if (save.kind !== 'conflict')
    return asked.publishing && <Publish {...editor} onClose={() => onAsked({ publishing: false })} />
  const { session, acts } = editor
  const { theirs } = save
  const onLater = (): void => onAsked({ publishing: false, later: theirs })
  return asked.later !== theirs && <Conflict {...{ session, theirs, acts, onLater }} />
}

function View({ palette }: { readonly palette: boolean }): ReactNode {
  const view = useEditor(viewOf)
  switch (view) {
    case 'canvas':
      return <EditorCanvas palette={palette} />
    case 'outline':
      return <OutlineView />
    case 'yaml':
      return (
        <Suspense fallback={null}>
          <YamlView />
        </Suspense>
      )
  }
}

/** What is live, as a document. */
function usePublished({ publishedDocument }: PipelineAnswer): DraftDocument | undefined {
  return useMemo(() => {
    const read = readDraft(publishedDocument)
    return 'document' in read ? read.document : undefined
  }, [publishedDocument])
}
