import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { useStore } from 'zustand'
import { api, apiClient, queryClient, sentenceOf } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { toastDone, toastFailed } from '../../ui/toaster.tsx'
import type { PipelineAnswer } from '../data/use-editor-data.ts'
import { describeChange } from '../document/describe-change.ts'
import { newlyHashed } from '../document/newly-hashed.ts'
import { diffDocuments } from '../document/diff-documents.ts'
import { disabledObjects } from '../document/draft-document.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import type { AppActs } from '../pipeline-editor.tsx'
import type { EditorSession } from '../state/editor-session.ts'
import { useNamesAround } from '../state/use-names-around.ts'
import { PublishDialog } from './publish-dialog.tsx'

interface PublishProps {
  readonly session: EditorSession
  readonly pipeline: PipelineAnswer
  readonly published: DraftDocument | undefined
  readonly acts: AppActs
  readonly onClose: () => void
}

export interface Wish {
  /** Nothing has changed: no new version, only a run of the one that is live. */
  readonly asItIs: boolean
  readonly note: string
  readonly run: boolean
  /** Objects that the run reads from their beginning, and no others. */
  readonly again: readonly string[]
}

/** The publish dialog of the open editor: publishes exactly what is on the screen, once it is saved, and starts a run where that was wished. */
export function Publish({ session, pipeline, published, acts, onClose }: PublishProps): ReactNode {
  const may = useMay()
  const names = useNamesAround()
  const content = useStore(session.store, (state) => state.content)
  const { document } = content
  const changes = useMemo(() => {
    // A first version is called what it is called: that is no change.
    const before = published ?? { name: content.document.name, objects: {} }
    const aside = disabledObjects(content)
    return diffDocuments(before, content.document).map((change) => describeChange(change, names, aside))
  }, [published, content, names])
  const { mutate, isPending, error } = useMutation({
    mutationFn: async ({ note, run, again, asItIs }: Wish) => {
      if (asItIs) return { version: undefined, ...(await startRun(pipeline.id, again)), refusal: undefined }
      const revision = await savedRevision(session)
      const answer = await apiClient.pipelines.publish.mutate({
        id: pipeline.id,
        revision,
        ...(note.trim() ? { note: note.trim() } : {}),
      })
      // It is live by now, whether or not a run may begin: that is said, and not that publishing failed.
      const started = run ? await startRun(pipeline.id, again).catch(refusalOf) : undefined
      return { version: answer.version, runId: started?.runId, refusal: started?.refusal }
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: api.pipelines.get.queryKey({ id: pipeline.id }) })
      void queryClient.invalidateQueries({ queryKey: api.pipelines.list.queryKey() })
    },
    onSuccess: ({ version, runId, refusal }) => {
      if (version === undefined) toastDone(words.runStarted)
      else toastDone(runId ? words.publishedAndRuns(version) : words.published(version))
      if (refusal !== undefined) toastFailed(words.publishedNoRun(refusal))
      onClose()
      if (runId) acts.onOpenRun(pipeline.id, runId)
    },
  })
  return (
    <PublishDialog
      version={pipeline.version}
      connectorMove={connectorMoveOf(pipeline)}
      changes={changes}
      busy={isPending}
      error={error ? sentenceOf(error) : undefined}
      mayRun={may('runs.start') && !pipeline.paused}
      hashedAnew={may('runs.resync') ? newlyHashed(published, document) : []}
      onPublish={mutate}
      onClose={onClose}
    />
  )
}

/** The revision of what is on the screen. Rejects with a sentence where that could not be saved: an older one would be published in its place. */
async function savedRevision({ store, saver }: EditorSession): Promise<number> {
  await saver.saveNow()
  const { saved, state } = saver
  if (saved.content === store.getState().content) return saved.revision
  throw new Error(state.kind === 'failed' ? words.failedBanner(state.message) : words.publishUnsaved)
}

interface Started {
  readonly runId: string | undefined
  readonly refusal?: string
}

function refusalOf(error: unknown): Started {
  return { runId: undefined, refusal: sentenceOf(error) }
}

async function startRun(pipelineId: string, again: readonly string[]): Promise<Started> {
  return again.length > 0
    ? await apiClient.runs.resync.mutate({ pipelineId, objects: [...again] })
    : await apiClient.runs.start.mutate({ pipelineId })
}

/** Publishing goes on with the connector's version in use, where runs read with another one. */
function connectorMoveOf({
  connectorVersion: from,
  connectorVersionInUse: to,
}: PipelineAnswer): string | undefined {
  return from === null || to === null || from === to ? undefined : words.connectorMove(from, to)
}
