import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleHelp, Info, OctagonAlert, ShieldAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SchemaChange } from '../api/answers.ts'
import { changesText } from '../strings/changes.ts'
import { Badge } from '../ui/badge.tsx'
import { Name } from '../ui/name.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { ChangeStatements } from './change-statements.tsx'
import { nameOf } from './decision-words.ts'

const looks = {
  breaking: { tone: 'bad', icon: OctagonAlert },
  decision: { tone: 'review', icon: CircleHelp },
  info: { tone: 'info', icon: Info },
  decided: { tone: 'ok', icon: CircleCheck },
} as const

interface ChangeTextProps {
  readonly change: SchemaChange
  /** It waits for a decision. */
  readonly open: boolean
}

/** What changed, how severe it is, what the next run does about it, and what the destination is told. */
export function ChangeText({ change, open }: ChangeTextProps): ReactNode {
  const { pipelineId, pipelineName, exampleType, looksSensitive, firstSeen, effect, kind, severity } = change
  return (
    <div className="min-w-0 flex-1 basis-72">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge {...(open ? looks[severity] : looks.decided)}>
          {open ? changesText.severity[severity] : changesText.decided}
        </Badge>
        <span className="font-medium">{changesText.kinds[kind]}</span>
        <span className="font-mono text-xs font-semibold break-all">{nameOf(change)}</span>
        {kind !== 'removed' && <span className="text-muted font-mono text-xs">{exampleType}</span>}
        {looksSensitive && (
          <Badge tone="warn" icon={ShieldAlert}>
            {changesText.sensitive}
          </Badge>
        )}
      </div>
      <p className="mt-1 text-pretty">{effect}</p>
      <p className="text-muted text-xs">
        <Link to="/pipelines/$id/edit" params={{ id: pipelineId }} className="hover:underline">
          <Name>{pipelineName}</Name>
        </Link>{' '}
        · <RelativeTime at={firstSeen} />
      </p>
      {kind !== 'removed' && <ChangeStatements change={change} />}
    </div>
  )
}
