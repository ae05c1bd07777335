import { type ReactNode, useState } from 'react'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { uiText } from '../../strings/ui.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Input } from '../../ui/input.tsx'

interface RenameDialogProps {
  readonly name: string
  readonly onRename: (name: string) => void
  readonly onClose: () => void
}

/** Asks for a step's name on the canvas. An empty one gives it its own name back. */
export function RenameDialog({ name, onRename, onClose }: RenameDialogProps): ReactNode {
  const [text, setText] = useState(name)
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={words.renameTitle}
      width="narrow"
      onCloseAutoFocus={(event) => event.preventDefault()}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          onRename(text)
        }}
      >
        <Field label={words.renameLabel}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={80}
              value={text}
              onFocus={(event) => event.target.select()}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <Button look="primary" type="submit">
            {words.menu.rename}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
