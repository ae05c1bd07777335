import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api, apiClient, sentenceOf } from '../../api/client.ts'
import { withQuotedSetOff } from '../../strings/catalogue.ts'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { uiText } from '../../strings/ui.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Name } from '../../ui/name.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { toastDone, toastFailed } from '../../ui/toaster.tsx'
import { readDraft } from '../document/read-draft.ts'
import { useEditor, useEditorStore } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'

interface VersionsDialogProps {
  readonly pipelineId: string
  /** The one that is live. */
  readonly live: number
  /** Whether the draft is another one. */
  readonly changed: boolean
  readonly onClose: () => void
}

const isReadOnly = (state: EditorState): boolean => state.readOnly

/** What was published when, by whom and why, newest first; each can be taken into the draft, as an edit that can be undone. */
export function VersionsDialog({ pipelineId, live, changed, onClose }: VersionsDialogProps): ReactNode {
  const readOnly = useEditor(isReadOnly)
  const list = useQuery(api.pipelines.versions.queryOptions({ id: pipelineId, limit: 100 }))
  const { mutate, isPending, variables } = useGoBack(pipelineId, onClose)
  return (
    <Dialog
      open
      title={words.versionsTitle}
      description={words.versionsHint}
      onOpenChange={(open) => open || onClose()}
      footer={<Button onClick={onClose}>{uiText.close}</Button>}
    >
      <Loaded query={list} sentence={sentenceOf}>
        {({ items }) => (
          <ol className="divide-y">
            {items.map(({ version, publishedAt, publishedBy, note, changes }) => (
              <li key={version} className="flex flex-wrap items-start gap-x-3 gap-y-2 py-2.5">
                <div className="min-w-0 flex-1 basis-56">
                  <p className="flex flex-wrap items-center gap-x-2 font-medium">
                    {words.version(version)}
                    {version === live && <Badge tone="ok">{words.isLive}</Badge>}
                  </p>
                  <p className="text-muted text-xs">
                    <RelativeTime at={publishedAt} /> · <Name>{publishedBy ?? words.someone}</Name>
                  </p>
                  {note && <p className="mt-1 wrap-anywhere">{note}</p>}
                  <ul className="text-muted mt-1 list-disc pl-4 text-xs wrap-anywhere">
                    {changes.slice(0, changesShown).map(({ pointer, sentence }) => (
                      <li key={pointer}>{withQuotedSetOff(sentence)}</li>
                    ))}
                    {changes.length > changesShown && (
                      <li>{words.moreChanges(changes.length - changesShown)}</li>
                    )}
                  </ul>
                </div>
                {!readOnly && (version !== live || changed) && (
                  <Button
                    size="small"
                    busy={isPending && variables === version}
                    aria-label={words.goBackTo(version)}
                    onClick={() => mutate(version)}
                  >
                    {words.goBack}
                  </Button>
                )}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Dialog>
  )
}

const changesShown = 5

/** Takes a version into the draft. The pipeline keeps its name; what is live stays so until somebody publishes. */
function useGoBack(id: string, onDone: () => void) {
  const store = useEditorStore()
  return useMutation({
    mutationFn: async (version: number) => {
      const { document } = await apiClient.pipelines.version.query({ id, version })
      const read = readDraft(document)
      if ('problems' in read) throw new Error(words.cannotGoBack)
      return read.document
    },
    onSuccess: (document, version) => {
      const { content, run } = store.getState()
      const whole = { ...document, name: content.document.name }
      const commands = [{ type: 'replaceDocument', document: whole }] as const
      const changed = run({ type: 'batch', label: words.didGoBack(version), commands })
      onDone()
      toastDone(changed ? words.wentBack(version) : words.isSoAlready)
    },
    onError: (error) => toastFailed(sentenceOf(error)),
  })
}
