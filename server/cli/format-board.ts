import { formatCount, formatDuration, formatPlural } from './print-table.ts'
import type { ObjectLine, RunBoard } from './run-board.ts'
import { isFinal } from './run-board.ts'
import { formatStatus, paint } from './status-words.ts'
import type { Colors } from './terminal.ts'

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** The board as lines for a terminal: one for each object, and what the run is waiting for. `frame` turns the spinners. */
export function formatBoard(board: RunBoard, colors: Colors, nowMs: number, frame: number): string {
  const lines = [...board.objects.values()]
  const nameWidth = Math.max(...lines.map(({ object }) => object.length), 0)
  const waiting = formatWaiting(board, nowMs)
  return [
    ...(board.account ? [formatAccount(board.account, colors), ''] : []),
    ...lines.map((line) => formatLine(line, nameWidth, colors, spinner[frame % spinner.length] ?? '')),
    ...(waiting === undefined ? [] : ['', colors.yellow(`  ⏸ ${waiting}`)]),
  ].join('\n')
}

/** What the run waits for, and for how long yet; undefined where it does not. */
export function formatWaiting({ waiting }: RunBoard, nowMs: number): string | undefined {
  if (waiting === undefined || waiting.untilMs <= nowMs) return undefined
  return `waiting ${formatDuration(waiting.untilMs - nowMs)}: ${waiting.reason}`
}

/** Whose data this is. */
export function formatAccount(account: NonNullable<RunBoard['account']>, colors: Colors): string {
  const region = account.region ? ` · ${account.region}` : ''
  return `  ${colors.bold(account.name)} ${colors.dim(`${account.id}${region}`)}`
}

/** Counts that are worth a word: those that are not 0, and always what was extracted. */
export function formatCounts(line: ObjectLine): string {
  const optional = (['loaded', 'unchanged', 'rejected', 'requests'] as const).filter((name) => line[name] > 0)
  return [
    `${formatCount(line.extracted)} extracted`,
    ...optional.map((name) =>
      name === 'requests' ? formatPlural(line[name], 'request') : `${formatCount(line[name])} ${name}`,
    ),
  ].join(', ')
}

function formatLine(line: ObjectLine, nameWidth: number, colors: Colors, spin: string): string {
  const busy = line.state === 'reading' || line.state === 'loading'
  const status = formatStatus(line.state, colors, busy ? spin : undefined)
  const padding = ' '.repeat(Math.max(0, 'succeeded'.length - line.state.length))
  const name = line.object.padEnd(nameWidth)
  const counts = (['extracted', 'loaded', 'requests'] as const)
    .map((count) => `${formatCount(line[count]).padStart(9)} ${colors.dim(count)}`)
    .join('  ')
  const shown = line.state === 'queued' ? '' : counts
  return `  ${isFinal(line.state) ? name : paint(line.state, colors)(name)}  ${status}${padding}  ${shown}`.trimEnd()
}
