import type { TableSpec } from '../../engine/destination.ts'
import { layoutText } from '../stored-json.ts'
import type { LayoutChange } from '../table-layout.ts'
import { alterColumns, applyLayout } from './apply-layout.ts'
import type { Hold } from './hold-claim.ts'
import { quoteTable } from './quote-name.ts'
import type { PostgresSession } from './session.ts'

interface Alteration {
  readonly spec: TableSpec
  readonly change: LayoutChange
  /** Rows that wait in a stage get the new columns too. */
  readonly stage: string | undefined
}

/** Changes the columns of a table that is claimed, and remembers them. */
export async function alterTable(
  session: PostgresSession,
  { namespace }: Hold,
  { spec, change, stage }: Alteration,
): Promise<void> {
  await applyLayout(session, namespace, change, spec)
  if (stage !== undefined) await alterColumns(session, stage, change)
  await session.query(
    `update ${quoteTable(namespace, '_penstock_checkpoints')} set columns = $1 where object = $2`,
    [layoutText(change.layout).columns, spec.object],
  )
}
