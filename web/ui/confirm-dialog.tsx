import { AlertDialog as Radix } from 'radix-ui'
import { type ReactNode, useEffect, useState } from 'react'
import { uiText } from '../strings/ui.ts'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { dialogClass } from './dialog.tsx'
import { Form } from './form.tsx'
import { TextField } from './text-field.tsx'
import { clearToastsForSheet } from './toaster.tsx'
import { useOrigin } from './use-origin.ts'

export interface ConfirmDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  /** What will happen, and what will stay. */
  readonly children: ReactNode
  /** The verb on the button: "Delete", "Stop the run". */
  readonly action: string
  /** What the other button says, where "Cancel" could be taken for the action itself. */
  readonly cancel?: string
  /** A word that must be typed first, for what cannot be undone. */
  readonly typed?: string
  readonly busy?: boolean
  readonly onConfirm: () => void
}

/** Asks before something that is hard to undo; with `typed`, only after the word was typed. */
export function ConfirmDialog({ open, onOpenChange, ...question }: ConfirmDialogProps): ReactNode {
  const backToOrigin = useOrigin(open)
  useEffect(() => {
    if (open) clearToastsForSheet()
  }, [open])
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="bg-scrim fixed inset-0 z-50" />
        <Radix.Content
          onCloseAutoFocus={backToOrigin}
          className={classNames(dialogClass, 'z-50 sm:max-w-md')}
        >
          <Question {...question} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Lives as long as the dialog is open, whoever closes it: a word that was typed never counts for the next question. */
function Question({
  title,
  children,
  action,
  ...rest
}: Omit<ConfirmDialogProps, 'open' | 'onOpenChange'>): ReactNode {
  const { typed, busy, onConfirm, cancel = uiText.cancel } = rest
  const [word, setWord] = useState('')
  return (
    <Form className="flex min-h-0 flex-col" onSubmit={() => busy || onConfirm()}>
      <div className="min-h-0 overflow-y-auto px-5 pt-4 pb-5">
        <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
        <Radix.Description asChild>
          <div className="text-muted mt-1 space-y-2">{children}</div>
        </Radix.Description>
        {typed && (
          <div className="mt-4">
            <TextField
              label={uiText.typeToConfirm(typed)}
              required
              pattern={typed}
              wrong={uiText.notTyped(typed)}
              value={word}
              autoComplete="off"
              spellCheck={false}
              onChange={setWord}
            />
          </div>
        )}
      </div>
      <footer className="flex justify-end gap-2 border-t px-5 py-3">
        <Radix.Cancel asChild>
          <Button>{cancel}</Button>
        </Radix.Cancel>
        <Button type="submit" look="danger" busy={busy ?? false}>
          {action}
        </Button>
      </footer>
    </Form>
  )
}
