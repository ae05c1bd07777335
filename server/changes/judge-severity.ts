import type { ChangeRow } from '../store/change-rows.ts'

/** How much a schema change asks of a person: to know, to decide, or to act, because rows are missing something already. */
export type Severity = 'info' | 'decision' | 'breaking'

/**
 * How severe a change is. Breaking: records are rejected, or a column gets no values any more, unless it was decided that a new field goes on
 * with it. To be decided: something does not land, or something that looks sensitive landed as it is. Any other decision does not change
 * it; it is told beside it.
 */
export function judgeSeverity({
  kind,
  applied,
  policy,
  own,
  looksSensitive,
  continuedBy,
}: Pick<ChangeRow, 'kind' | 'applied' | 'policy' | 'own' | 'looksSensitive' | 'continuedBy'>): Severity {
  if (kind === 'removed') return continuedBy === null ? 'breaking' : 'info'
  if (own !== null) return 'info'
  if (applied === 'none' && policy === 'block') return kind === 'type_changed' ? 'breaking' : 'decision'
  return looksSensitive !== null && applied === 'column_added' ? 'decision' : 'info'
}
