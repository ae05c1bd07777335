import { CircleCheck, Download, TriangleAlert, Undo2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { download } from '../ui/download.ts'
import type { ConnectorFiles } from './kept-files.ts'
import { manifestFile } from './manifest-file.ts'
import type { CheckAnswer, WorkbenchState } from './use-workbench.ts'

interface BenchBarProps {
  readonly bench: WorkbenchState
  readonly edited: boolean
  readonly mayEdit: boolean
  readonly onDiscard: () => void
}

/** Above the files of a connector that comes with Penstock: what is edited here stays here. */
export function BenchBar({ bench, edited, mayEdit, onDiscard }: BenchBarProps): ReactNode {
  const [asking, setAsking] = useState(false)
  const { checked, checking, check, files } = bench
  if (!mayEdit) return <p className="text-muted mb-3">{connectorsText.notAllowed}</p>
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <span aria-live="polite" className="flex flex-wrap gap-2">
        <SoundBadge checked={checked} />
        {edited && <Badge>{connectorsText.edited}</Badge>}
      </span>
      <p className="text-muted flex-1 basis-72">{words.comesWithHint}</p>
      {edited && (
        <Button icon={Undo2} onClick={() => setAsking(true)}>
          {connectorsText.discard}
        </Button>
      )}
      <Button icon={Download} onClick={() => downloadFiles(files)}>
        {connectorsText.saveFiles}
      </Button>
      <Button look="primary" busy={checking} onClick={check}>
        {checking ? connectorsText.checking : connectorsText.check}
      </Button>
      <DiscardDialog open={asking} onOpenChange={setAsking} onDiscard={onDiscard} />
    </div>
  )
}

/** What the last check said, in a word. */
export function SoundBadge({ checked }: { readonly checked: CheckAnswer | undefined }): ReactNode {
  if (!checked) return null
  const [problems, warnings] = [checked.problems.length, checked.warnings.length]
  if (problems + warnings === 0)
    return (
      <Badge tone="ok" icon={CircleCheck}>
        {connectorsText.sound}
      </Badge>
    )
  return (
    <Badge tone="warn" icon={TriangleAlert}>
      {problems > 0 ? connectorsText.problems(problems) : connectorsText.warnings(warnings)}
    </Badge>
  )
}

interface DiscardDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onDiscard: () => void
}

/** Asks before edits that are nowhere else are thrown away. */
export function DiscardDialog({ open, onOpenChange, onDiscard }: DiscardDialogProps): ReactNode {
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={connectorsText.discardTitle}
      action={connectorsText.discard}
      onConfirm={onDiscard}
    >
      <p>{connectorsText.discardText}</p>
    </ConfirmDialog>
  )
}

/** Gives the browser one file after the other. */
export function downloadFiles({ manifest, records }: ConnectorFiles): void {
  download(manifestFile, 'application/yaml', manifest)
  for (const [file, text] of Object.entries(records))
    download(file.split('/').at(-1) ?? file, 'application/json', text)
}
