import { useMutation } from '@tanstack/react-query'
import { api, apiClient, queryClient, sentenceOf } from '../../api/client.ts'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { toastDone, toastFailed } from '../../ui/toaster.tsx'
import type { EditorStore } from '../state/editor-store.ts'

/** Tries both connections of the pipeline. What does not work stands with the problems afterwards. */
export function useTest(store: EditorStore): { readonly run: () => void; readonly busy: boolean } {
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      const { source, destination } = store.getState().content.document
      const ids = [source?.connection, destination?.connection].filter((id) => typeof id === 'string')
      return Promise.all(ids.map((id) => apiClient.connections.test.mutate({ id })))
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: api.connections.list.queryKey() }),
    onError: (error) => toastFailed(sentenceOf(error)),
    onSuccess: (results) => {
      if (results.length === 0) return toastFailed(words.testNothing)
      const failed = results.filter(({ ok }) => !ok)
      if (failed.length === 0) return toastDone(words.testFine(results.length))
      const why = failed.flatMap(({ findings = [], objects = [] }) => [
        ...findings.filter(({ ok }) => !ok).map(({ message }) => message),
        ...objects.filter(({ access }) => access !== 'works').map(({ message }) => message),
      ])
      toastFailed(why.find(Boolean) ?? words.testFailed)
      store.getState().show({ drawer: 'problems' })
    },
  })
  return { run: () => mutate(), busy: isPending }
}
