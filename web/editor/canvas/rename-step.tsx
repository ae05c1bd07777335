import type { ReactNode } from 'react'
import { useEditorStore } from '../state/editor-context.ts'
import { useFlow } from '../state/use-flow.ts'
import { RenameDialog } from './rename-dialog.tsx'

/** Renames a step on the canvas; the focus goes back to it. */
export function RenameStep({
  step,
  onClose,
}: {
  readonly step: string
  readonly onClose: () => void
}): ReactNode {
  const store = useEditorStore()
  const name = useFlow().steps.find(({ id }) => id === step)?.name ?? ''
  const close = (): void => {
    onClose()
    store.getState().goTo(step)
  }
  return (
    <RenameDialog
      name={name}
      onClose={close}
      onRename={(text) => {
        if (text !== name) store.getState().run({ type: 'renameStep', step, name: text })
        close()
      }}
    />
  )
}
