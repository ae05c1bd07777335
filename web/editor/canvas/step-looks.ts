import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleX,
  Database,
  LoaderCircle,
  type LucideIcon,
  Plug,
  Plus,
  ShieldCheck,
  SkipForward,
  StickyNote,
  Table2,
  TriangleAlert,
} from 'lucide-react'
import type { Tone } from '../../ui/badge.tsx'
import type { FlowStep, LiveState } from './flow.ts'

/** The icon of each kind of card. */
export const stepIcons: Readonly<Record<FlowStep['kind'], LucideIcon>> = {
  source: Plug,
  object: Table2,
  protection: ShieldCheck,
  destination: Database,
  note: StickyNote,
  slot: Plus,
}

/** Colour and icon of each state of a run; the word stands beside them. `ring` is the card's border. */
export const liveLooks: Readonly<
  Record<LiveState, { readonly tone: Tone; readonly icon: LucideIcon; readonly ring: string }>
> = {
  queued: { tone: 'idle', icon: CircleDashed, ring: 'border-control' },
  extracting: { tone: 'info', icon: LoaderCircle, ring: 'border-info' },
  loading: { tone: 'info', icon: LoaderCircle, ring: 'border-info' },
  done: { tone: 'ok', icon: CircleCheck, ring: 'border-ok' },
  warning: { tone: 'warn', icon: TriangleAlert, ring: 'border-warn' },
  failed: { tone: 'bad', icon: CircleX, ring: 'border-bad' },
  skipped: { tone: 'warn', icon: SkipForward, ring: 'border-warn' },
  cancelled: { tone: 'idle', icon: Ban, ring: 'border-control' },
}
