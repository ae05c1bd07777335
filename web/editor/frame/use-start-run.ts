import { useMutation } from '@tanstack/react-query'
import { apiClient, sentenceOf } from '../../api/client.ts'
import { toastFailed } from '../../ui/toaster.tsx'
import type { AppActs } from '../pipeline-editor.tsx'

/** Starts a run of what is live, and opens it; a refusal is said. */
export function useStartRun(pipelineId: string, onOpenRun: AppActs['onOpenRun']) {
  return useMutation({
    mutationFn: () => apiClient.runs.start.mutate({ pipelineId }),
    onSuccess: ({ runId }) => onOpenRun(pipelineId, runId),
    onError: (error) => toastFailed(sentenceOf(error)),
  })
}
