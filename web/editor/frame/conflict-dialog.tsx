import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { describeChange } from '../document/describe-change.ts'
import { diffDocuments } from '../document/diff-documents.ts'
import type { RebaseConflict, Rebased } from '../document/rebase.ts'
import type { NewerDraft } from '../saving/draft-port.ts'
import { tryRebase } from '../saving/resolve-conflict.ts'
import type { SavedEditor } from '../saving/resolve-conflict.ts'
import { useNamesAround } from '../state/use-names-around.ts'
import { ChangeTable } from './change-table.tsx'

interface ConflictDialogProps {
  readonly editor: SavedEditor
  readonly theirs: NewerDraft
  readonly onRebase: (prefer: 'theirs' | 'mine') => void
  readonly onTakeTheirs: () => void
  readonly onKeepCopy: () => void
  readonly onLater: () => void
}

/** Someone else saved first: shows what they changed and which of my changes do not fit, and lets me choose. Until someone chose, nothing is saved. */
export function ConflictDialog(props: ConflictDialogProps): ReactNode {
  const { editor, theirs, onRebase, onTakeTheirs, onKeepCopy, onLater } = props
  const [preferMine, setPreferMine] = useState(false)
  const prefer = preferMine ? 'mine' : 'theirs'
  const names = useNamesAround()
  const { titleOf } = names
  const rebased = useMemo(() => tryRebase(editor, theirs, prefer, titleOf), [editor, theirs, prefer, titleOf])
  // Where nothing of mine fits, there is nothing to put on top.
  const fits = rebased.applied.length > 0
  const overlaps = useMemo(
    () => tryRebase(editor, theirs, 'theirs').conflicts.some((conflict) => conflict.overlaps.length > 0),
    [editor, theirs],
  )
  const changes = useMemo(() => {
    const base = editor.saver.saved.content.document
    return diffDocuments(base, theirs.document).map((one) => describeChange(one, names))
  }, [editor, theirs, names])
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onLater()}
      title={words.conflictTitle(theirs.savedBy ?? words.someone)}
      description={theirs.savedAt ? words.conflictHint(new Date(theirs.savedAt).toLocaleString('en-GB')) : ''}
      footer={
        <>
          <Button look="danger" onClick={onTakeTheirs}>
            {words.takeTheirs}
          </Button>
          <Button data-first={fits ? undefined : true} look={fits ? 'plain' : 'primary'} onClick={onKeepCopy}>
            {words.keepCopy}
          </Button>
          {fits && (
            <Button look="primary" data-first onClick={() => onRebase(prefer)}>
              {words.rebase(rebased.applied.length)}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Fit rebased={rebased} />
        {overlaps && <Checkbox label={words.preferMine} checked={preferMine} onChange={setPreferMine} />}
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">{words.theirChanges}</h3>
          <ChangeTable changes={changes} />
        </section>
      </div>
    </Dialog>
  )
}

function inWords({ label, reason, overlaps }: RebaseConflict): string {
  return `${overlaps.length === 0 ? label : `${label} (${overlaps.join(', ')})`}: ${reason}`
}

function Fit({ rebased: { applied, conflicts } }: { readonly rebased: Rebased }): ReactNode {
  if (conflicts.length === 0) return <p className="font-medium">{words.conflictClean(applied.length)}</p>
  return (
    <div className="bg-warn-soft text-warn rounded-md px-3 py-2">
      <p className="flex items-center gap-2 font-medium">
        <TriangleAlert aria-hidden size={14} />
        {words.conflictSome(conflicts.length)}
      </p>
      <ul className="mt-1 list-disc pl-8">
        {[...new Set(conflicts.map(inWords))].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
