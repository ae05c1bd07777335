import type { ColumnType } from '../engine/destination.ts'

/**
 * The type of a column that holds what it held and what is coming: integer → double → text, boolean → text, and
 * JSON text where JSON is coming. Text and JSON text are stored alike, so of the two the wanted one is remembered.
 */
export function widerType(stored: ColumnType, wanted: ColumnType): ColumnType {
  if (stored === wanted || wanted === 'json') return wanted
  if (stored === 'json') return wanted === 'text' ? 'text' : 'json'
  const types = [stored, wanted]
  return types.includes('integer') && types.includes('double') ? 'double' : 'text'
}
