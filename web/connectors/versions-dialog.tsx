import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { OwnConnector } from '../api/answers.ts'
import { api, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { uiText } from '../strings/ui.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { toastDone } from '../ui/toaster.tsx'
import { FilesDiff } from './files-diff.tsx'
import type { ConnectorFiles } from './kept-files.ts'
import { VersionReaders } from './version-readers.tsx'

interface VersionsDialogProps {
  readonly own: OwnConnector
  /** As it is in the editor. */
  readonly draft: ConnectorFiles
  readonly onUse: (files: ConnectorFiles) => void
  readonly onClose: () => void
}

/** What was published when and by whom, and what each version changed. */
export function VersionsDialog({ own, draft, onUse, onClose }: VersionsDialogProps): ReactNode {
  const { name, title, publishedVersion } = own
  const list = useQuery(api.connectors.versions.queryOptions({ name }))
  const [chosen, setChosen] = useState(publishedVersion)
  return (
    <Dialog
      open
      width="wide"
      title={words.versionsTitle(title)}
      description={words.versionsHint}
      onOpenChange={(open) => open || onClose()}
      footer={<Button onClick={onClose}>{uiText.close}</Button>}
    >
      <Loaded query={list} sentence={sentenceOf}>
        {(versions) =>
          versions.length === 0 ? (
            <p className="text-muted">{words.noVersions}</p>
          ) : (
            <div className="grid gap-4 md:grid-cols-[14rem_minmax(0,1fr)]">
              <ul className="space-y-0.5 max-md:max-h-40 max-md:overflow-y-auto">
                {versions.map((one) => (
                  <li key={one.version}>
                    <VersionButton
                      {...one}
                      inUse={one.version === publishedVersion}
                      current={one.version === chosen}
                      onChoose={() => setChosen(one.version)}
                    />
                  </li>
                ))}
              </ul>
              {chosen !== null && (
                <VersionDetails
                  key={chosen}
                  name={name}
                  version={chosen}
                  draft={draft}
                  onUse={(files) => {
                    onClose()
                    onUse(files)
                    toastDone(words.tookFiles(chosen))
                  }}
                />
              )}
            </div>
          )
        }
      </Loaded>
    </Dialog>
  )
}

interface VersionButtonProps {
  readonly version: number
  readonly note: string | null
  readonly publishedBy: string | null
  readonly publishedAt: string
  readonly inUse: boolean
  readonly current: boolean
  readonly onChoose: () => void
}

function VersionButton(props: VersionButtonProps): ReactNode {
  const { version, note, publishedBy, publishedAt, inUse, current, onChoose } = props
  return (
    <button
      type="button"
      autoFocus={current}
      aria-current={current ? 'true' : undefined}
      onClick={onChoose}
      className={classNames(
        'w-full rounded-md px-2 py-1.5 text-left',
        current ? 'bg-subtle' : 'hover:bg-subtle',
      )}
    >
      <span className="flex items-center gap-2 font-medium">
        {words.version(version)}
        {inUse && <Badge tone="ok">{words.inUse}</Badge>}
      </span>
      <span className="text-muted block text-xs">
        <RelativeTime at={publishedAt} /> {publishedBy && words.by(publishedBy)}
      </span>
      {note && <span className="block break-words">{note}</span>}
    </button>
  )
}

interface VersionDetailsProps {
  readonly name: string
  readonly version: number
  readonly draft: ConnectorFiles
  readonly onUse: (files: ConnectorFiles) => void
}

function VersionDetails({ name, version, draft, onUse }: VersionDetailsProps): ReactNode {
  const mayEdit = useMay()('connectors.saveDraft')
  const [beside, setBeside] = useState<'before' | 'draft'>(version > 1 ? 'before' : 'draft')
  const this_ = useQuery(api.connectors.version.queryOptions({ name, version }, { staleTime: Infinity }))
  const before = useQuery(
    api.connectors.version.queryOptions(
      { name, version: version - 1 },
      { staleTime: Infinity, enabled: version > 1 },
    ),
  )
  return (
    <div className="min-w-0 space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="flex flex-wrap items-center gap-2">
          <span className="text-muted">{words.compareWith}</span>
          <Segmented
            label={words.compareWith}
            size="small"
            value={beside}
            options={[
              { value: 'before', label: words.theOneBefore, disabled: version === 1 },
              { value: 'draft', label: words.theDraft },
            ]}
            onChange={setBeside}
          />
        </span>
        {mayEdit && this_.data && (
          <Button size="small" onClick={() => onUse(this_.data.files)}>
            {words.useFiles}
          </Button>
        )}
      </div>
      <VersionReaders name={name} version={version} />
      <Loaded query={this_} sentence={sentenceOf}>
        {({ files }) =>
          beside === 'draft' ? (
            <FilesDiff before={files} after={draft} />
          ) : (
            <Loaded query={before} sentence={sentenceOf}>
              {(older) => <FilesDiff before={older.files} after={files} />}
            </Loaded>
          )
        }
      </Loaded>
    </div>
  )
}
