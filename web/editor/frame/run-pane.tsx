import { Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMay } from '../../api/session.ts'
import { RunStateBadge } from '../../run-state/run-state-badge.tsx'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Button } from '../../ui/button.tsx'
import type { PipelineAnswer } from '../data/use-editor-data.ts'
import type { AppActs } from '../pipeline-editor.tsx'
import { useStartRun } from './use-start-run.ts'

interface RunPaneProps {
  readonly pipeline: PipelineAnswer
  readonly onOpenRun: AppActs['onOpenRun']
}

/** The last run, and a new one of what is live. */
export function RunPane({ pipeline, onOpenRun }: RunPaneProps): ReactNode {
  const may = useMay()
  const { id, lastRun, version, paused } = pipeline
  const start = useStartRun(id, onOpenRun)
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
      {!paused && may('runs.start') && (
        <Button icon={Play} look="primary" busy={start.isPending} onClick={() => start.mutate()}>
          {words.run}
        </Button>
      )}
    </div>
  )
}
