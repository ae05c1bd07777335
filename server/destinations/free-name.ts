import { createHash } from 'node:crypto'

/** Bytes. PostgreSQL cuts longer names silently; DuckDB takes any length. One limit keeps names the same in both. */
const longestName = 63

/** Columns of ours, and system columns: PostgreSQL allows no others of these names, and DuckDB's rowid would be hidden. */
export const columnsOfOurs: readonly string[] = [
  '_synced_at',
  '_deleted_at',
  'tableoid',
  'xmin',
  'cmin',
  'xmax',
  'cmax',
  'ctid',
  'rowid',
]

/**
 * The name under which `wanted` can stand beside the names that are taken: itself, unless it is taken (letter case
 * apart, since DuckDB ignores it), begins with `_penstock_`, is empty, longer than 63 bytes or no text that a database
 * can hold. Then it is cut and gets a suffix from a hash of the whole name, so that two names never become one.
 */
export function freeName(wanted: string, taken: readonly string[], longest = longestName): string {
  const used = new Set(taken.map(folded))
  if (isPlain(wanted, longest) && !used.has(folded(wanted))) return wanted
  for (let attempt = 0; ; attempt += 1) {
    const name = withSuffix(wanted, attempt, longest)
    if (!used.has(folded(name))) return name
  }
}

/** The table in which a new generation of `table` waits. Two tables never share one. */
export function stageName(table: string): string {
  const prefix = '_penstock_stage_'
  return prefix + freeName(table, [], longestName - prefix.length)
}

function isPlain(name: string, longest: number): boolean {
  if (name === '' || name.includes('\0') || !name.isWellFormed()) return false
  return Buffer.byteLength(name) <= longest && !folded(name).startsWith('_penstock_')
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function withSuffix(wanted: string, attempt: number, longest: number): string {
  // UTF-16, so that names which differ only in what UTF-8 cannot say still differ here.
  const hash = createHash('sha256').update(Buffer.from(wanted, 'utf16le')).update(`${attempt}`).digest('hex')
  const suffix = `_${hash.slice(0, 10)}`
  return cut(readable(wanted), longest - suffix.length) + suffix
}

function readable(name: string): string {
  const text = name.toWellFormed().replaceAll('\0', '')
  return folded(text).startsWith('_penstock_') ? text.slice(1) : text
}

/** At most so many bytes of UTF-8, and no half character. */
function cut(text: string, bytes: number): string {
  let kept = ''
  for (const character of text) {
    if (Buffer.byteLength(kept) + Buffer.byteLength(character) > bytes) return kept
    kept += character
  }
  return kept
}
