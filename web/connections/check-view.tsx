import type { ReactNode } from 'react'
import type { CheckResult } from '../api/answers.ts'
import { connectionsText } from '../strings/connections.ts'
import { estimatedCount } from '../strings/record-estimate.ts'
import { Badge } from '../ui/badge.tsx'
import { FindingList } from '../ui/finding-list.tsx'
import { Cell, HeadCell, NumberCell, Row, Table, TableHead } from '../ui/table.tsx'
import { accessTones } from './connection-looks.ts'

const unknown = connectionsText.scopeUnknown
const marks = { yes: connectionsText.works, no: connectionsText.worksNot, unknown }
const scopeMarks = { yes: connectionsText.scopeGranted, no: connectionsText.scopeMissing, unknown }

/** What a test of a connection found: what works and how many records there are, by object; by scope, by right. */
export function CheckView({ check }: { readonly check: CheckResult }): ReactNode {
  const counted = check.objects?.some(({ records }) => records && estimatedCount(records))
  return (
    <div className="space-y-3">
      {check.findings && <FindingList findings={check.findings} words={marks} />}
      {check.objects && check.objects.length > 0 && (
        <Table label={connectionsText.testResult} maxHeight="20rem">
          <TableHead>
            <HeadCell>{connectionsText.checkObject}</HeadCell>
            <HeadCell>{connectionsText.checkAccess}</HeadCell>
            {counted && <HeadCell className="text-right">{connectionsText.checkRecords}</HeadCell>}
          </TableHead>
          <tbody>
            {check.objects.map(({ object, title, access, message, records }) => (
              <Row key={object}>
                <Cell className="h-9 font-medium">{title}</Cell>
                <Cell className="h-9">
                  <Badge tone={accessTones[access]}>{connectionsText.access[access]}</Badge>
                  {access !== 'works' && message && (
                    <div className="text-muted mt-0.5 text-xs">{message}</div>
                  )}
                </Cell>
                {counted && (
                  <NumberCell className="h-9">{(records && estimatedCount(records)) || '–'}</NumberCell>
                )}
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {check.scopes && check.scopes.length > 0 && (
        <FindingList
          words={scopeMarks}
          findings={check.scopes.map(({ title, granted, objects }) => ({
            ok: granted,
            what: title,
            message: connectionsText.scopeOpens(objects.join(', ')),
          }))}
        />
      )}
    </div>
  )
}
