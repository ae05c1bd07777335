import { Check, CircleHelp, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CheckResult } from '../api/answers.ts'
import { connectionsText } from '../strings/connections.ts'
import { Badge } from '../ui/badge.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { accessTones } from './connection-looks.ts'

/** What a test of a connection found: what works, by object, by scope, by right. */
export function CheckView({ check }: { readonly check: CheckResult }): ReactNode {
  return (
    <div className="space-y-3">
      {check.findings && <Findings findings={check.findings} />}
      {check.objects && check.objects.length > 0 && (
        <Table label={connectionsText.testResult} maxHeight="20rem">
          <TableHead>
            <HeadCell>{connectionsText.checkObject}</HeadCell>
            <HeadCell>{connectionsText.checkAccess}</HeadCell>
          </TableHead>
          <tbody>
            {check.objects.map(({ object, title, access, message }) => (
              <Row key={object}>
                <Cell className="h-9 font-medium">{title}</Cell>
                <Cell className="h-9">
                  <Badge tone={accessTones[access]}>{connectionsText.access[access]}</Badge>
                  {access !== 'works' && message && (
                    <div className="text-muted mt-0.5 text-xs">{message}</div>
                  )}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {check.scopes && check.scopes.length > 0 && <Scopes scopes={check.scopes} />}
    </div>
  )
}

interface FindingsProps {
  readonly findings: NonNullable<CheckResult['findings']>
}

function Findings({ findings }: FindingsProps): ReactNode {
  return (
    <ul className="bg-surface divide-y rounded-lg border">
      {findings.map(({ ok, what, message }) => (
        <li key={what} className="flex gap-2.5 px-3 py-2">
          {ok ? (
            <Check aria-label={connectionsText.works} size={16} className="text-ok mt-0.5 shrink-0" />
          ) : (
            <X aria-label={connectionsText.worksNot} size={16} className="text-bad mt-0.5 shrink-0" />
          )}
          <div className="min-w-0">
            <div className="font-medium">{what}</div>
            {message && <div className="text-muted break-words">{message}</div>}
          </div>
        </li>
      ))}
    </ul>
  )
}

interface ScopesProps {
  readonly scopes: NonNullable<CheckResult['scopes']>
}

function Scopes({ scopes }: ScopesProps): ReactNode {
  return (
    <ul className="bg-surface divide-y rounded-lg border">
      {scopes.map(({ scope, title, granted, objects }) => (
        <li key={scope} className="flex gap-2.5 px-3 py-2">
          <ScopeMark granted={granted} />
          <div className="min-w-0">
            <div className="font-medium">{title}</div>
            <div className="text-muted text-xs">{connectionsText.scopeOpens(objects.join(', '))}</div>
          </div>
        </li>
      ))}
    </ul>
  )
}

function ScopeMark({ granted }: { readonly granted: boolean | null }): ReactNode {
  if (granted === null)
    return (
      <CircleHelp
        aria-label={connectionsText.scopeUnknown}
        size={16}
        className="text-muted mt-0.5 shrink-0"
      />
    )
  if (granted)
    return <Check aria-label={connectionsText.scopeGranted} size={16} className="text-ok mt-0.5 shrink-0" />
  return <X aria-label={connectionsText.scopeMissing} size={16} className="text-bad mt-0.5 shrink-0" />
}
