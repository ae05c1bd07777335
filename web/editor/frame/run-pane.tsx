import { useMutation } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { apiClient, sentenceOf } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { RunStateBadge } from '../../run-state/run-state-badge.tsx'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Button } from '../../ui/button.tsx'
import { toastFailed } from '../../ui/toaster.tsx'
import type { PipelineAnswer } from '../data/use-editor-data.ts'
import type { AppActs } from '../pipeline-editor.tsx'

interface RunPaneProps {
  readonly pipeline: PipelineAnswer
  readonly onOpenRun: AppActs['onOpenRun']
}

/** The last run, and a new one of what is live. */
export function RunPane({ pipeline, onOpenRun }: RunPaneProps): ReactNode {
  const may = useMay()
  const { id, lastRun, version } = pipeline
  const start = useMutation({
    mutationFn: () => apiClient.runs.start.mutate({ pipelineId: id }),
    onSuccess: ({ runId }) => onOpenRun(id, runId),
    onError: (error) => toastFailed(sentenceOf(error)),
  })
  if (version === null) return <p className="text-muted p-4">{words.runHint}</p>
  return (
    <div className="flex flex-wrap items-center gap-3 p-4">
      {lastRun && (
        <>
          <RunStateBadge state={lastRun.state} />
          <span className="tabular">
            {words.runCounts(lastRun.extracted, lastRun.loaded, lastRun.rejected)}
          </span>
          <Button onClick={() => onOpenRun(id, lastRun.id)}>{words.openRun}</Button>
        </>
      )}
      {may('runs.start') && (
        <Button icon={Play} look="primary" busy={start.isPending} onClick={() => start.mutate()}>
          {words.run}
        </Button>
      )}
    </div>
  )
}
