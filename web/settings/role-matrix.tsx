import { useQuery } from '@tanstack/react-query'
import { Check, Minus } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { api, sentenceOf } from '../api/client.ts'
import { appText } from '../strings/app.ts'
import { settingsText } from '../strings/settings.ts'
import { Card } from '../ui/card.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { roles, suffices } from '../api/roles.ts'

const text = settingsText.members

/** Who may do what: the server's own rules, for everyone to see. */
export function RoleMatrix(): ReactNode {
  const matrix = useQuery(api.members.matrix.queryOptions(undefined, { staleTime: 300_000 }))
  return (
    <Card title={text.matrix} description={text.matrixHint}>
      <Loaded query={matrix} sentence={sentenceOf} rows={8}>
        {({ areas }) => (
          <Table label={text.matrix} maxHeight="36rem">
            <TableHead>
              <HeadCell>{text.act}</HeadCell>
              {roles.map((role) => (
                <HeadCell key={role} className="w-20 text-center">
                  {appText.roles[role]}
                </HeadCell>
              ))}
            </TableHead>
            <tbody>
              {areas.map(({ area, acts }) => (
                <Fragment key={area}>
                  <tr className="bg-canvas border-b">
                    <th scope="rowgroup" colSpan={4} className="px-3 py-1.5 text-xs font-semibold">
                      {area}
                    </th>
                  </tr>
                  {acts.map(({ words, role: needed }) => (
                    <Row key={words}>
                      <Cell className="h-8 py-1">{words}</Cell>
                      {roles.map((role) => (
                        <Cell key={role} className="h-8 py-1">
                          <Mark yes={suffices(role, needed)} />
                        </Cell>
                      ))}
                    </Row>
                  ))}
                </Fragment>
              ))}
            </tbody>
          </Table>
        )}
      </Loaded>
    </Card>
  )
}

function Mark({ yes }: { readonly yes: boolean }): ReactNode {
  return yes ? (
    <Check aria-label={text.allowed} size={15} className="text-ok mx-auto" />
  ) : (
    <Minus aria-label={text.notAllowed} size={15} className="text-muted mx-auto" />
  )
}
