import type { ReactNode } from 'react'
import { apiClient, sentenceOf } from '../../api/client.ts'
import { withoutMarks } from '../../strings/catalogue.ts'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { toastDone, toastFailed } from '../../ui/toaster.tsx'
import type { AppActs } from '../pipeline-editor.tsx'
import type { NewerDraft } from '../saving/draft-port.ts'
import { putOnTop, takeTheirs } from '../saving/resolve-conflict.ts'
import type { EditorSession } from '../state/editor-session.ts'
import { ConflictDialog } from './conflict-dialog.tsx'

interface ConflictProps {
  readonly session: EditorSession
  readonly theirs: NewerDraft
  readonly acts: AppActs
  readonly onLater: () => void
}

/** Someone else saved first, and what is done about it. */
export function Conflict({ session, theirs, acts, onLater }: ConflictProps): ReactNode {
  const keepCopy = async (): Promise<void> => {
    const { document, layout } = session.store.getState().content
    const name = withoutMarks(words.copyName(document.name))
    try {
      const { id } = await apiClient.pipelines.create.mutate({
        name,
        document: { ...document, name },
        layout: { ...layout },
      })
      takeTheirs(session, theirs)
      toastDone(words.copied)
      acts.onOpenPipeline(id)
    } catch (error) {
      toastFailed(sentenceOf(error))
    }
  }
  return (
    <ConflictDialog
      editor={session}
      theirs={theirs}
      onRebase={(prefer) => toastDone(words.rebased(putOnTop(session, theirs, prefer)))}
      onTakeTheirs={() => takeTheirs(session, theirs)}
      onKeepCopy={() => void keepCopy()}
      onLater={onLater}
    />
  )
}
