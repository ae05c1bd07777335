import { type ReactNode, useState } from 'react'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'

interface RenameDialogProps {
  readonly name: string
  readonly onRename: (name: string) => void
  readonly onClose: () => void
}

/** Asks for a step's name on the canvas. An empty one gives it its own name back. */
export function RenameDialog({ name, onRename, onClose }: RenameDialogProps): ReactNode {
  const [text, setText] = useState(name)
  return (
    <FormDialog
      title={words.renameTitle}
      action={words.menu.rename}
      onClose={onClose}
      onCloseAutoFocus={(event) => event.preventDefault()}
      onSubmit={() => onRename(text)}
    >
      <TextField
        label={words.renameLabel}
        autoFocus
        maxLength={80}
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={setText}
      />
    </FormDialog>
  )
}
