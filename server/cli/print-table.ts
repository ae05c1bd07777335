import Table from 'cli-table3'
import type { Colors } from './terminal.ts'

/** A column of a table: its heading, and on which side its cells stand. */
export interface TableColumn {
  readonly title: string
  readonly align?: 'left' | 'right' | undefined
}

/** Rows under headings, in aligned columns with one rule below the head and two blanks before each line. */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  colors: Colors,
): string {
  const table = new Table({
    head: columns.map(({ title }) => colors.bold(title)),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 3, compact: true },
    chars: noBorders,
  })
  table.push(...rows.map((row) => [...row]))
  const [head = '', ...body] = table.toString().split('\n')
  const rule = colors.dim('─'.repeat(visibleWidth(head)))
  return [head, rule, ...body].map((line) => `  ${line.trimEnd()}`).join('\n')
}

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
  mid: '',
} as const

/** A count as people write it: 1,234,567. Without Intl, which takes long to wake up. */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

/** A duration as people say it: 850 ms, 4.2 s, 3 min 20 s. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `1 object`, `2 objects`. */
export function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

// oxlint-disable-next-line no-control-regex -- the escape character is what it looks for
const colorCodes = /\u001b\[[0-9;]*m/g

function visibleWidth(line: string): number {
  return line.replaceAll(colorCodes, '').trimEnd().length
}
