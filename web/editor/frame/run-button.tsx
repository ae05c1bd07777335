import { Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMay } from '../../api/session.ts'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Button } from '../../ui/button.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import type { PipelineAnswer } from '../data/use-editor-data.ts'
import type { AppActs } from '../pipeline-editor.tsx'
import { useStartRun } from './use-start-run.ts'

interface RunButtonProps {
  readonly pipeline: PipelineAnswer
  /** The draft is not what is live. */
  readonly changed: boolean
  readonly onOpenRun: AppActs['onOpenRun']
}

/** Runs what is live. It stays where it is while the draft differs, and says then that the changes are not in it. */
export function RunButton({ pipeline, changed, onOpenRun }: RunButtonProps): ReactNode {
  const may = useMay()
  const { id, version, paused } = pipeline
  const start = useStartRun(id, onOpenRun)
  if (version === null || paused || !may('runs.start')) return null
  return (
    <Tooltip label={changed ? words.runsLive(version) : words.run}>
      <Button
        icon={Play}
        aria-label={words.run}
        className="max-sm:order-1"
        busy={start.isPending}
        onClick={() => start.mutate()}
      >
        {words.runShort}
      </Button>
    </Tooltip>
  )
}
