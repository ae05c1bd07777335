import { CloudOff, CloudUpload, CircleCheck, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { classNames } from '../../ui/class-names.ts'
import { clockTime } from '../../ui/clock-time.ts'
import type { SaveState } from '../saving/draft-saver.ts'

interface SaveChipProps {
  readonly state: SaveState
  readonly readOnly: boolean
}

/** Whether the draft is saved, in a word and a time. */
export function SaveChip({ state, readOnly }: SaveChipProps): ReactNode {
  const { icon: Icon, text, tone } = looksOf(state)
  if (readOnly) return <span className="text-muted text-xs whitespace-nowrap">{words.save.readOnly}</span>
  return (
    <span
      role="status"
      data-save={state.kind}
      className={classNames('inline-flex items-center gap-1 text-xs whitespace-nowrap', tone)}
    >
      <Icon aria-hidden size={14} />
      {text}
    </span>
  )
}

interface Looks {
  readonly icon: LucideIcon
  readonly text: string
  readonly tone: string
}

function looksOf(state: SaveState): Looks {
  switch (state.kind) {
    case 'saved':
      return { icon: CircleCheck, text: words.save.saved(clockTime(state.atMs)), tone: 'text-muted' }
    case 'unsaved':
      return { icon: CloudUpload, text: words.save.unsaved, tone: 'text-muted' }
    case 'saving':
      return { icon: CloudUpload, text: words.save.saving, tone: 'text-muted' }
    case 'offline':
      return { icon: CloudOff, text: words.save.offline, tone: 'text-warn' }
    case 'failed':
      return { icon: TriangleAlert, text: words.save.failed, tone: 'text-bad' }
    case 'conflict':
      return { icon: TriangleAlert, text: words.save.conflict, tone: 'text-warn' }
  }
}
