import { useMutation } from '@tanstack/react-query'
import type { SchemaChange } from '../api/answers.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { changesText } from '../strings/changes.ts'
import { toastDone, toastFailed, toastUndo } from '../ui/toaster.tsx'
import { doneWordFor } from './decision-words.ts'
import type { Decision } from './decision-words.ts'

export interface Deciding {
  readonly changes: readonly SchemaChange[]
  readonly decision: Decision
  /** With `continue`: the vanished field whose column the new one goes on with. */
  readonly continues?: string
}

export interface Decide {
  readonly busy: boolean
  readonly decide: (deciding: Deciding) => void
  readonly undo: (ids: readonly string[]) => void
}

/** Decides changes at once; for ten seconds a toast offers to take it back. `onDecided` hears what is decided now: nothing once it is taken back. */
export function useDecide(onDecided: (changes: readonly SchemaChange[]) => void): Decide {
  const onError = (error: unknown): void => toastFailed(sentenceOf(error))
  const undoing = useMutation({
    mutationFn: (ids: readonly string[]) => apiClient.changes.undo.mutate({ ids: [...ids] }),
    onSuccess: async () => {
      onDecided([])
      toastDone(changesText.undone)
      await refresh()
    },
    onError,
  })
  const deciding = useMutation({
    mutationFn: ({ changes, decision, continues }: Deciding) =>
      apiClient.changes.decide.mutate({ ids: idsOf(changes), decision, ...(continues ? { continues } : {}) }),
    onSuccess: async (_, { changes, decision, continues = null }) => {
      onDecided(changes)
      const [first] = changes
      const said =
        changes.length === 1 && first
          ? doneWordFor({ ...first, continues }, decision)
          : changesText.doneMany(changes.length)
      toastUndo(said, () => undoing.mutate(idsOf(changes)))
      await refresh()
    },
    onError,
  })
  return { busy: deciding.isPending || undoing.isPending, decide: deciding.mutate, undo: undoing.mutate }
}

function idsOf(changes: readonly SchemaChange[]): string[] {
  return changes.map(({ id }) => id)
}

async function refresh(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.changes.pathKey() }),
    queryClient.invalidateQueries({ queryKey: api.pipelines.pathKey() }),
  ])
}
