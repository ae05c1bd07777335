import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { auditWords } from '../strings/audit.ts'
import { settingsText } from '../strings/settings.ts'
import { Badge } from '../ui/badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { Name } from '../ui/name.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'

const text = settingsText.audit
type Entry = Answers['audit']['list']['items'][number]

/** Entries of the audit log, newest first; each opens to what it changed. */
export function AuditTable({ entries }: { readonly entries: readonly Entry[] }): ReactNode {
  return (
    <Table label={settingsText.sections.audit} className="@container">
      <TableHead>
        <HeadCell>{text.when}</HeadCell>
        <HeadCell className="@max-3xl:hidden">{text.actor}</HeadCell>
        <HeadCell>{text.action}</HeadCell>
        <HeadCell className="@max-3xl:hidden">{text.subject}</HeadCell>
        <HeadCell className="@max-3xl:hidden">{text.outcome}</HeadCell>
        <HeadCell className="@max-4xl:hidden">{text.address}</HeadCell>
      </TableHead>
      <tbody>
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} />
        ))}
      </tbody>
    </Table>
  )
}

function AuditRow({ entry }: { readonly entry: Entry }): ReactNode {
  const [open, setOpen] = useState(false)
  const { at, actor, action, subject, outcome, ip, detail } = entry
  return (
    <>
      <Row>
        <Cell>
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="flex min-h-6 items-center gap-1"
          >
            <ChevronRight
              aria-hidden
              size={14}
              className={classNames('text-muted shrink-0', open && 'rotate-90')}
            />
            <RelativeTime at={at} />
            <span className="sr-only">{text.detailFor(action)}</span>
          </button>
        </Cell>
        <Cell className="@max-3xl:hidden">
          <Name>{actor}</Name>
        </Cell>
        <Cell>
          {auditWords[action] && <div>{auditWords[action]}</div>}
          <span className="text-muted font-mono text-xs break-words @3xl:whitespace-nowrap">{action}</span>
          <div className="text-muted text-xs break-words @3xl:hidden">
            {outcome === 'denied' && <span className="text-bad">{text.outcomes.denied} · </span>}
            {actor}
            {subject && ` · ${subject}`}
          </div>
        </Cell>
        <Cell className="min-w-32 @max-3xl:hidden">
          <div dir="auto" className="line-clamp-3 text-left [overflow-wrap:anywhere]">
            {subject}
          </div>
        </Cell>
        <Cell className="@max-3xl:hidden">
          <Badge tone={outcome === 'done' ? 'idle' : 'bad'}>{text.outcomes[outcome]}</Badge>
        </Cell>
        <Cell className="text-muted font-mono text-xs @max-4xl:hidden">{ip}</Cell>
      </Row>
      {open && (
        <tr className="bg-canvas border-b">
          <td colSpan={6} className="px-4 py-3">
            <pre className="max-h-80 overflow-auto font-mono text-xs whitespace-pre-wrap">
              {JSON.stringify(detail, null, 2)}
            </pre>
          </td>
        </tr>
      )}
    </>
  )
}
