import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Download, Ellipsis, History, Trash2, Undo2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { OwnConnector } from '../api/answers.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { connectorsText } from '../strings/connectors.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, type MenuItems } from '../ui/menu.tsx'
import { toastDone, toastFailed } from '../ui/toaster.tsx'
import { downloadFiles } from './bench-bar.tsx'
import { type ConnectorFiles, keepFiles } from './kept-files.ts'

const VersionsDialog = lazy(async () => ({ default: (await import('./versions-dialog.tsx')).VersionsDialog }))

interface OwnMenuProps {
  readonly own: OwnConnector
  readonly files: ConnectorFiles
  readonly onReplace: (files: ConnectorFiles) => void
  /** The saved draft is another one now. */
  readonly onDiscard: () => void
  /** Absent: there is nothing to discard. */
  readonly onAskDiscard: (() => void) | undefined
}

/** What else may be done with a workspace's own connector. */
export function OwnMenu({ own, files, onReplace, onDiscard, onAskDiscard }: OwnMenuProps): ReactNode {
  const { name, publishedVersion, changed } = own
  const may = useMay()
  const [open, setOpen] = useState<'versions' | 'back' | 'remove'>()
  const mayGoBack = may('connectors.discardDraft') && (publishedVersion === null || changed)
  const back = publishedVersion === null ? words.removeDraft : words.backTo(publishedVersion)
  const items: MenuItems = [
    { label: words.showVersions, icon: History, onSelect: () => setOpen('versions') },
    { label: words.download, icon: Download, onSelect: () => downloadFiles(files) },
    ...(onAskDiscard ? [{ label: connectorsText.discard, icon: Undo2, onSelect: onAskDiscard }] : []),
    ...(mayGoBack ? [{ label: back, icon: History, onSelect: () => setOpen('back') }] : []),
    ...(may('connectors.remove') && publishedVersion !== null
      ? ([
          'line',
          { label: words.remove, icon: Trash2, danger: true, onSelect: () => setOpen('remove') },
        ] as const)
      : []),
  ]
  return (
    <>
      <Menu label={words.more} trigger={<IconButton icon={Ellipsis} label={words.more} />} items={items} />
      <Suspense>
        {open === 'versions' && (
          <VersionsDialog own={own} draft={files} onUse={onReplace} onClose={() => setOpen(undefined)} />
        )}
      </Suspense>
      <GoBack own={own} open={open === 'back'} onClose={() => setOpen(undefined)} onGone={onDiscard} />
      <Remove name={name} open={open === 'remove'} onClose={() => setOpen(undefined)} />
    </>
  )
}

interface GoBackProps {
  readonly own: OwnConnector
  readonly open: boolean
  readonly onClose: () => void
  readonly onGone: () => void
}

function GoBack({ own, open, onClose, onGone }: GoBackProps): ReactNode {
  const { name, revision, publishedVersion } = own
  const leave = useLeave(name)
  const discard = useMutation({
    mutationFn: () => apiClient.connectors.discardDraft.mutate({ name, revision }),
    onSuccess: async (answer) => {
      onClose()
      if (answer.revision === null) return await leave()
      await queryClient.invalidateQueries({ queryKey: api.connectors.pathKey() })
      onGone()
    },
    onError: (error) => toastFailed(sentenceOf(error)),
  })
  const isDraft = publishedVersion === null
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={isDraft ? words.removeDraftTitle : words.backTitle(publishedVersion)}
      action={isDraft ? words.removeDraft : words.backTo(publishedVersion)}
      busy={discard.isPending}
      onConfirm={() => discard.mutate()}
    >
      <p>{isDraft ? words.removeDraftText : words.backText}</p>
    </ConfirmDialog>
  )
}

interface RemoveProps {
  readonly name: string
  readonly open: boolean
  readonly onClose: () => void
}

function Remove({ name, open, onClose }: RemoveProps): ReactNode {
  const leave = useLeave(name)
  const remove = useMutation({
    mutationFn: () => apiClient.connectors.remove.mutate({ name }),
    onSuccess: async () => {
      onClose()
      await leave()
    },
    onError: (error) => {
      onClose()
      toastFailed(sentenceOf(error))
    },
  })
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={words.removeTitle(name)}
      action={words.remove}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      <p>{words.removeText}</p>
    </ConfirmDialog>
  )
}

/** Goes to the list: the connector is gone. */
function useLeave(name: string): () => Promise<void> {
  const navigate = useNavigate()
  return async () => {
    keepFiles(name, undefined)
    toastDone(words.removed(name))
    await navigate({ to: '/connectors' })
    await queryClient.invalidateQueries({ queryKey: api.connectors.pathKey() })
  }
}
