import type { Colors } from './terminal.ts'

/** Every state that an object or a run can be in, as a person is told. */
export type Status =
  | 'queued'
  | 'reading'
  | 'loading'
  | 'succeeded'
  | 'partial'
  | 'skipped'
  | 'failed'
  | 'cancelled'

const symbols: Readonly<Record<Status, string>> = {
  queued: '·',
  reading: '▸',
  loading: '▸',
  succeeded: '✓',
  partial: '◐',
  skipped: '○',
  failed: '✗',
  cancelled: '■',
}

/** A symbol and a word, so that neither colour nor shape alone carries the meaning. */
export function formatStatus(status: Status, colors: Colors, symbol = symbols[status]): string {
  return paint(status, colors)(`${symbol} ${status}`)
}

/** The status's colour alone, for what stands beside the word. */
export function paint(status: Status, colors: Colors): (text: string) => string {
  switch (status) {
    case 'succeeded':
      return colors.green
    case 'failed':
      return colors.red
    case 'partial':
    case 'skipped':
    case 'cancelled':
      return colors.yellow
    case 'reading':
    case 'loading':
      return colors.cyan
    case 'queued':
      return colors.dim
  }
}
