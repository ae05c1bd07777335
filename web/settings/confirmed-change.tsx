import { type ReactNode, useState } from 'react'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useChange } from './use-change.ts'

interface ConfirmedChangeProps {
  readonly change: () => Promise<unknown>
  /** What the change makes stale. */
  readonly stale: readonly unknown[]
  readonly title: string
  /** What the button of the question says: a verb. */
  readonly action: string
  /** What will happen. */
  readonly text: string
  /** The button that asks. */
  readonly button: (ask: () => void) => ReactNode
}

/** A change of the settings that is made only after a question was answered. */
export function ConfirmedChange({
  change,
  stale,
  title,
  action,
  text,
  button,
}: ConfirmedChangeProps): ReactNode {
  const [asking, setAsking] = useState(false)
  const { isPending, mutate } = useChange({ change, stale, onDone: () => setAsking(false) })
  return (
    <>
      {button(() => setAsking(true))}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={title}
        action={action}
        busy={isPending}
        onConfirm={() => mutate(undefined)}
      >
        <p>{text}</p>
      </ConfirmDialog>
    </>
  )
}
