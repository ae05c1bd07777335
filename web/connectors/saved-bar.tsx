import { Rocket, Save, Undo2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { OwnConnector } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { useKeysOf } from '../keyboard/preferences.ts'
import { useShortcut } from '../keyboard/use-shortcut.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { DiscardDialog, SoundBadge } from './bench-bar.tsx'
import type { ConnectorFiles } from './kept-files.ts'
import { OwnMenu } from './own-menu.tsx'
import { type Saved, type SavedFiles, type Saving, useSaving } from './use-saving.ts'
import type { WorkbenchState } from './use-workbench.ts'

const ConflictDialog = lazy(async () => ({ default: (await import('./conflict-dialog.tsx')).ConflictDialog }))
const PublishDialog = lazy(async () => ({ default: (await import('./publish-dialog.tsx')).PublishDialog }))

interface SavedBarProps {
  readonly name: string
  readonly saved: SavedFiles
  readonly own: OwnConnector | undefined
  readonly bench: WorkbenchState
  /** Puts other files into the editor. */
  readonly onReplace: (files: ConnectorFiles) => void
  readonly onDiscard: () => void
  readonly onSaved: (name: string, saved: Saved) => void
}

/** Above the files of a workspace's own connector: whether they are saved, and what may be done with them. */
export function SavedBar(props: SavedBarProps): ReactNode {
  const { name, saved, own, bench, onReplace, onDiscard, onSaved } = props
  const may = useMay()
  const mayEdit = may('connectors.saveDraft')
  const saving = useSaving({ name, files: bench.files, start: saved, onSaved })
  const [asking, setAsking] = useState(false)
  const [publishing, setPublishing] = useState<number>()
  const publish = async (): Promise<void> => setPublishing(await saving.save())
  useShortcut('saveConnector', () => void saving.save(), mayEdit)
  useShortcut('publishConnector', () => void publish(), mayEdit && own !== undefined)
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <span aria-live="polite" className="flex flex-1 basis-full flex-wrap gap-2 sm:basis-48">
        <SoundBadge checked={bench.checked} />
        <SavedBadge dirty={saving.dirty} busy={saving.busy} />
      </span>
      {!mayEdit && <p className="text-muted">{connectorsText.notAllowed}</p>}
      {mayEdit && !own && (
        <Button icon={Undo2} onClick={() => setAsking(true)}>
          {connectorsText.discard}
        </Button>
      )}
      {mayEdit && <SaveButton busy={saving.busy} primary={!own} onSave={() => void saving.save()} />}
      {mayEdit && own && (
        <Button look="primary" icon={Rocket} busy={saving.busy} onClick={() => void publish()}>
          {words.publish}
        </Button>
      )}
      {own && (
        <OwnMenu
          own={own}
          files={bench.files}
          onReplace={onReplace}
          onDiscard={onDiscard}
          onAskDiscard={mayEdit && saving.dirty ? () => setAsking(true) : undefined}
        />
      )}
      <DiscardDialog open={asking} onOpenChange={setAsking} onDiscard={onDiscard} />
      <Suspense>
        <Conflict saving={saving} mine={bench.files} onTakeTheirs={onDiscard} />
        {own && publishing !== undefined && (
          <PublishDialog
            own={own}
            revision={publishing}
            files={bench.files}
            onClose={() => setPublishing(undefined)}
          />
        )}
      </Suspense>
    </div>
  )
}

interface ConflictProps {
  readonly saving: Saving
  readonly mine: ConnectorFiles
  readonly onTakeTheirs: () => void
}

function Conflict({ saving, mine, onTakeTheirs }: ConflictProps): ReactNode {
  if (!saving.conflict) return null
  return (
    <ConflictDialog
      conflict={saving.conflict}
      mine={mine}
      busy={saving.busy}
      onKeepMine={saving.overwrite}
      onTakeTheirs={onTakeTheirs}
      onClose={saving.forgetConflict}
    />
  )
}

interface SavedBadgeProps {
  readonly dirty: boolean
  readonly busy: boolean
}

function SavedBadge({ dirty, busy }: SavedBadgeProps): ReactNode {
  if (busy) return <Badge>{words.saving}</Badge>
  return dirty ? (
    <span title={words.keptHere}>
      <Badge tone="warn">{words.notSaved}</Badge>
    </span>
  ) : (
    <Badge>{words.saved}</Badge>
  )
}

interface SaveButtonProps {
  readonly busy: boolean
  readonly primary: boolean
  readonly onSave: () => void
}

function SaveButton({ busy, primary, onSave }: SaveButtonProps): ReactNode {
  const keys = useKeysOf('saveConnector')
  return (
    <Tooltip label={words.saveHint} keys={keys}>
      <Button look={primary ? 'primary' : 'plain'} icon={Save} busy={busy} onClick={onSave}>
        {words.save}
      </Button>
    </Tooltip>
  )
}
