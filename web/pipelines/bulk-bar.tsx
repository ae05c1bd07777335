import { FolderInput, Pause, Play, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { PipelineSummary } from '../api/answers.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useMay } from '../api/session.ts'
import { MoveDialog } from './move-dialog.tsx'
import type { PipelineActs } from './use-pipeline-acts.ts'

interface BulkBarProps {
  readonly selected: readonly PipelineSummary[]
  readonly acts: PipelineActs
  readonly onClear: () => void
}

/** What can be done to the selected pipelines at once. It lies over the table's headings, so that no row moves away under the pointer. */
export function BulkBar({ selected, acts, onClear }: BulkBarProps): ReactNode {
  const may = useMay()
  const [moving, setMoving] = useState(false)
  const allPaused = selected.every(({ paused }) => paused)
  return (
    <div className="bg-accent-soft absolute top-px right-px left-11 z-20 flex h-9 items-center gap-2 rounded-tr-lg pr-3 pl-1">
      <span aria-live="polite" className="text-accent min-w-0 flex-1 truncate font-medium">
        {pipelinesText.selected(selected.length)}
      </span>
      <Button size="small" icon={Play} busy={acts.busy} onClick={() => acts.perform('run', selected)}>
        {pipelinesText.run}
      </Button>
      <Button
        size="small"
        icon={Pause}
        busy={acts.busy}
        onClick={() => acts.perform(allPaused ? 'resume' : 'pause', selected)}
      >
        {allPaused ? pipelinesText.resume : pipelinesText.pause}
      </Button>
      {may('projects.move') && (
        <Button size="small" icon={FolderInput} onClick={() => setMoving(true)}>
          {pipelinesText.moveTo}
        </Button>
      )}
      {moving && <MoveDialog pipelines={selected} onClose={() => setMoving(false)} />}
      <IconButton size="small" icon={X} label={pipelinesText.clearSelection} onClick={onClear} />
    </div>
  )
}
