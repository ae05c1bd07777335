import type { SummaryRow } from '../store/pipeline-summary-rows.ts'

/** Why a pipeline stands as it does: one sentence. */
export function explainStatus(row: SummaryRow): string {
  switch (row.status) {
    case 'draft':
      return 'Not published yet.'
    case 'running':
      return row.last_state === 'queued' ? 'A run is waiting for a worker.' : 'A run is under way.'
    case 'paused':
      return row.paused_reason === null ? 'It is paused.' : `It is paused: ${row.paused_reason}`
    case 'failed':
      return connectionTrouble(row) ?? row.last_error ?? 'The last run failed.'
    case 'needs_review':
      return row.changes_waiting === 1
        ? 'A schema change waits for a decision.'
        : `${row.changes_waiting} schema changes wait for a decision.`
    case 'warning':
      return explainWarning(row)
    case 'healthy':
      return row.last_state === null ? 'It has not run yet.' : 'The last run succeeded.'
  }
}

/** Why its schedule starts nothing now, where a connection is in the way: one sentence. */
export function explainNoRun(row: SummaryRow): string | null {
  return row.next_run_at === null ? null : (connectionTrouble(row) ?? null)
}

/** The connection because of which a pipeline stands as failed: where that is mended. Null where it is none, or gone. */
export function connectionInTheWay(row: SummaryRow): string | null {
  if (row.status !== 'failed') return null
  const sides = [
    [row.source_id, row.source_state],
    [row.destination_id, row.destination_state],
  ] as const
  return sides.find(([, state]) => state !== null && troubles.has(state))?.[0] ?? null
}

const troubles: ReadonlySet<string> = new Set(['needs_reauthorisation', 'disconnected', 'wiping'])

function connectionTrouble(row: SummaryRow): string | undefined {
  return (
    explainConnection('source', row.source_name, row.source_state) ??
    explainConnection('destination', row.destination_name, row.destination_state)
  )
}

function explainConnection(
  side: 'source' | 'destination',
  name: string | null,
  state: SummaryRow['source_state'],
): string | undefined {
  switch (state) {
    case null:
      return `Its ${side} connection was removed. Choose another one.`
    case 'needs_reauthorisation':
      return `“${name}” must be authorised again.`
    case 'disconnected':
      return `“${name}” is disconnected.`
    case 'wiping':
      return `The data of “${name}” is being deleted.`
    case 'healthy':
    case 'unchecked':
      return undefined
  }
}

function explainWarning({ last_state, last_rejected, last_troubled, wiped }: SummaryRow): string {
  if (wiped) return 'It has not run since its data was deleted.'
  if (last_state === 'cancelled') return 'The last run was cancelled.'
  const rejected = last_rejected === 1 ? 'One record was' : `${last_rejected} records were`
  const objects = last_troubled === 1 ? 'One object' : `${last_troubled} objects`
  const parts = [
    ...(last_troubled > 0 ? [`${objects} of the last run did not land as a whole.`] : []),
    ...(last_rejected > 0 ? [`${rejected} rejected.`] : []),
  ]
  return parts.join(' ') || 'The last run did not land everything.'
}
