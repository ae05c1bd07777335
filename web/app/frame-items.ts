import { Cable, FileDiff, History, type LucideIcon, Plug, Settings, Workflow } from 'lucide-react'
import type { ShortcutName } from '../keyboard/shortcuts.ts'
import { appText } from '../strings/app.ts'

export interface FrameItem {
  readonly to: '/pipelines' | '/runs' | '/connections' | '/changes' | '/connectors' | '/settings'
  readonly label: string
  /** For a narrow phone. */
  readonly short: string
  readonly icon: LucideIcon
  readonly shortcut?: ShortcutName
}

/** The main navigation, from above to below. */
export const frameItems: readonly FrameItem[] = [
  {
    to: '/pipelines',
    label: appText.pipelines,
    short: appText.pipelines,
    icon: Workflow,
    shortcut: 'goPipelines',
  },
  { to: '/runs', label: appText.runs, short: appText.runs, icon: History, shortcut: 'goRuns' },
  {
    to: '/connections',
    label: appText.connections,
    short: appText.connections,
    icon: Plug,
    shortcut: 'goConnections',
  },
  {
    to: '/changes',
    label: appText.changes,
    short: appText.changesShort,
    icon: FileDiff,
    shortcut: 'goChanges',
  },
  { to: '/connectors', label: appText.connectors, short: appText.connectors, icon: Cable },
  {
    to: '/settings',
    label: appText.settings,
    short: appText.settings,
    icon: Settings,
    shortcut: 'goSettings',
  },
]
