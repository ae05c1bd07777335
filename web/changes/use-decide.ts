import { useMutation } from '@tanstack/react-query'
import type { SchemaChange } from '../api/answers.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { changesText } from '../strings/changes.ts'
import { toastDone, toastFailed, toastUndo } from '../ui/toaster.tsx'

export type Decision = NonNullable<SchemaChange['decision']>
export const decisions = ['replicate', 'hash', 'exclude'] as const satisfies readonly Decision[]

export interface Deciding {
  readonly ids: readonly string[]
  readonly decision: Decision
}

export interface Decide {
  readonly busy: boolean
  readonly decide: (deciding: Deciding) => void
  readonly undo: (ids: readonly string[]) => void
}

/** Decides changes at once; for ten seconds a toast offers to take it back. */
export function useDecide(onDecided: () => void): Decide {
  const onError = (error: unknown): void => toastFailed(sentenceOf(error))
  const undoing = useMutation({
    mutationFn: (ids: readonly string[]) => apiClient.changes.undo.mutate({ ids: [...ids] }),
    onSuccess: async () => {
      toastDone(changesText.undone)
      await refresh()
    },
    onError,
  })
  const deciding = useMutation({
    mutationFn: ({ ids, decision }: Deciding) => apiClient.changes.decide.mutate({ ids: [...ids], decision }),
    onSuccess: async (_, { ids, decision }) => {
      onDecided()
      toastUndo(ids.length === 1 ? changesText.done[decision] : changesText.doneMany(ids.length), () =>
        undoing.mutate(ids),
      )
      await refresh()
    },
    onError,
  })
  return { busy: deciding.isPending || undoing.isPending, decide: deciding.mutate, undo: undoing.mutate }
}

async function refresh(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.changes.pathKey() }),
    queryClient.invalidateQueries({ queryKey: api.pipelines.pathKey() }),
  ])
}
