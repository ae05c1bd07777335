import { useMutation } from '@tanstack/react-query'
import { queryClient, sentenceOf } from '../api/client.ts'
import { toastDone, toastFailed } from '../ui/toaster.tsx'

interface Change<Input, Output> {
  readonly change: (input: Input) => Promise<Output>
  /** What the change makes stale. */
  readonly stale: readonly unknown[]
  readonly done?: string
  readonly onDone?: (output: Output) => void
}

/** A change of the settings: says that it was done, or why it was not, and has what is stale read again. */
export function useChange<Input, Output>({ change, stale, done, onDone }: Change<Input, Output>) {
  return useMutation({
    mutationFn: change,
    onSuccess: async (output: Output) => {
      if (done) toastDone(done)
      onDone?.(output)
      await queryClient.invalidateQueries({ queryKey: stale })
    },
    onError: (error) => toastFailed(sentenceOf(error)),
  })
}
