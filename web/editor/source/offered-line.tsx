import { CalendarClock, Check, CircleHelp, EyeOff, RefreshCw, TriangleAlert, Zap } from 'lucide-react'
import type { ReactNode } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { Badge } from '../../ui/badge.tsx'
import type { OfferedObject } from './object-choices.ts'

interface OfferedLineProps {
  readonly offered: OfferedObject
  readonly picked: boolean
  readonly onPick: (picked: boolean) => void
}

/** One object on offer. The whole line picks it. */
export function OfferedLine({ offered, picked, onPick }: OfferedLineProps): ReactNode {
  const { object, sensitive, records } = offered
  return (
    <li className="[content-visibility:auto] [contain-intrinsic-size:auto_3.5rem]">
      <label className="hover:bg-subtle flex cursor-pointer flex-wrap items-start gap-x-3 gap-y-1.5 px-3 py-2.5">
        <input
          type="checkbox"
          checked={picked}
          onChange={(event) => onPick(event.target.checked)}
          className="accent-accent mt-0.5 size-4 shrink-0"
        />
        <span className="min-w-0 flex-1 max-sm:basis-3/4">
          <span className="font-medium">{object.title}</span>
          {records && (
            <span className="text-muted pl-2 text-xs whitespace-nowrap tabular-nums">{records}</span>
          )}
          {object.description && <span className="text-muted block">{object.description}</span>}
        </span>
        <span className="flex flex-wrap gap-1.5 max-sm:basis-full max-sm:pl-7 sm:max-w-[55%] sm:justify-end">
          {sensitive > 0 && (
            <Badge tone="warn" icon={EyeOff}>
              {words.sensitive(sensitive)}
            </Badge>
          )}
          {object.startDate && (
            <Badge icon={CalendarClock}>
              <span title={words.startSupportedHint}>{words.startSupported}</span>
            </Badge>
          )}
          <Badge tone="info" icon={object.mode === 'incremental' ? Zap : RefreshCw}>
            <span title={words.modeHint[object.mode]}>{words.mode[object.mode]}</span>
          </Badge>
          <ScopeBadge offered={offered} />
        </span>
      </label>
    </li>
  )
}

function ScopeBadge({ offered: { object, scope } }: { readonly offered: OfferedObject }): ReactNode {
  if (scope === 'none' || object.scope === undefined) return null
  const looks = {
    granted: { tone: 'ok', icon: Check },
    missing: { tone: 'bad', icon: TriangleAlert },
    unknown: { tone: 'idle', icon: CircleHelp },
  } as const
  const title = object.scopeTitle ?? object.scope
  return (
    <Badge {...looks[scope]}>
      <span title={words.scopeOf(title)}>
        {scope === 'missing' ? `${words.scope.missing}: ${title}` : words.scope[scope]}
      </span>
    </Badge>
  )
}
