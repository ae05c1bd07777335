import { useMutation } from '@tanstack/react-query'
import type { PipelineSummary } from '../api/answers.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { toastDone, toastFailed, toastUndo } from '../ui/toaster.tsx'

export type Act = 'run' | 'pause' | 'resume'

interface Acting {
  readonly act: Act
  readonly pipelines: readonly PipelineSummary[]
}

export interface PipelineActs {
  readonly busy: boolean
  readonly perform: (act: Act, pipelines: readonly PipelineSummary[]) => void
}

/** Runs, pauses and resumes pipelines, one or many. One that refuses does not stop the others; each refusal is said. */
export function usePipelineActs(): PipelineActs {
  const acting = useMutation({
    mutationFn: async ({ act, pipelines }: Acting) => {
      const outcomes = await Promise.allSettled(pipelines.map(({ id }) => performOne(act, id)))
      return outcomes.flatMap((outcome, index) =>
        outcome.status === 'rejected' ? [`${pipelines[index]?.name}: ${sentenceOf(outcome.reason)}`] : [],
      )
    },
    onSuccess: (refusals, { act, pipelines }) => {
      for (const refusal of refusals.slice(0, 3)) toastFailed(refusal)
      if (refusals.length < pipelines.length) sayDone(act, pipelines, perform)
      void queryClient.invalidateQueries({ queryKey: api.pipelines.list.queryKey() })
      void queryClient.invalidateQueries({ queryKey: api.runs.list.queryKey() })
    },
  })
  const perform = (act: Act, pipelines: readonly PipelineSummary[]): void => acting.mutate({ act, pipelines })
  return { busy: acting.isPending, perform }
}

async function performOne(act: Act, id: string): Promise<unknown> {
  switch (act) {
    case 'run':
      return await apiClient.runs.start.mutate({ pipelineId: id })
    case 'pause':
      return await apiClient.pipelines.pause.mutate({ id })
    case 'resume':
      return await apiClient.pipelines.resume.mutate({ id })
  }
}

function sayDone(act: Act, pipelines: readonly PipelineSummary[], perform: PipelineActs['perform']): void {
  const [first] = pipelines
  if (!first) return
  const name = pipelines.length === 1 ? first.name : pipelinesText.selected(pipelines.length)
  if (act === 'run')
    toastDone(
      pipelines.length === 1 ? pipelinesText.runStarted(name) : pipelinesText.runsStarted(pipelines.length),
    )
  if (act === 'pause') toastUndo(pipelinesText.paused(name), () => perform('resume', pipelines))
  if (act === 'resume') toastDone(pipelinesText.resumed(name))
}
