import { lazy, type ReactNode, Suspense } from 'react'
import { askFor, useDialogRequest } from '../navigation/dialog-requests.ts'

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet }))
const ConnectDialog = lazy(async () => ({
  default: (await import('../connections/connect-dialog.tsx')).ConnectDialog,
}))
const ProjectDialog = lazy(async () => ({
  default: (await import('../pipelines/project-dialog.tsx')).ProjectDialog,
}))
const ImportDialog = lazy(async () => ({
  default: (await import('../pipelines/import-dialog.tsx')).ImportDialog,
}))
const PasswordDialog = lazy(async () => ({
  default: (await import('../access/password-dialog.tsx')).PasswordDialog,
}))

/** The dialogs that any screen may ask for; each is loaded when it is first needed. */
export function AppDialogs(): ReactNode {
  const { request } = useDialogRequest()
  const close = (): void => askFor(undefined)
  return (
    <Suspense>
      {request?.type === 'palette' && <Palette onClose={close} />}
      {request?.type === 'shortcuts' && <ShortcutSheet onClose={close} />}
      {request?.type === 'connect' && <ConnectDialog request={request} onClose={close} />}
      {request?.type === 'project' && <ProjectDialog onClose={close} />}
      {request?.type === 'import' && <ImportDialog onClose={close} />}
      {request?.type === 'password' && <PasswordDialog onClose={close} />}
    </Suspense>
  )
}
