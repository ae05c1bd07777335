import type { RunEvent } from '../engine/execute-run.ts'
import { formatAccount, formatBoard, formatCounts, formatWaiting } from './format-board.ts'
import { applyEvent, emptyBoard, isFinal } from './run-board.ts'
import type { ObjectLine, RunBoard } from './run-board.ts'
import { formatStatus } from './status-words.ts'
import type { Terminal } from './terminal.ts'

/** Shows a run's events on standard error as they come. */
export interface Progress {
  readonly onEvent: (event: RunEvent) => void
  /** Says something beside the board, for instance that a signal was heard. */
  note(text: string): void
  /** Ends it. A live board stays only where no summary follows on the same terminal. */
  stop(): void
}

/** Live where standard error is a terminal; else a line for each milestone, and one every ten seconds for what goes on. */
export async function showProgress(terminal: Terminal, objects: readonly string[]): Promise<Progress> {
  return terminal.live ? await liveProgress(terminal, objects) : plainProgress(terminal, objects)
}

const frameMs = 100

async function liveProgress(terminal: Terminal, objects: readonly string[]): Promise<Progress> {
  // Only a terminal needs it, and it is slow to load.
  const { createLogUpdate } = await import('log-update')
  const update = createLogUpdate(process.stderr)
  let board = emptyBoard(objects)
  let frame = 0
  const render = (): void => update(formatBoard(board, terminal.errColors, Date.now(), (frame += 1)))
  const timer = setInterval(render, frameMs)
  return {
    onEvent: (event) => {
      board = applyEvent(board, event)
      if (event.type === 'warning')
        update.persist(`${terminal.errColors.yellow('!')} ${event.object}: ${event.message}`)
    },
    note: (text) => update.persist(text),
    stop: () => {
      clearInterval(timer)
      render()
      if (terminal.outIsTerminal) update.clear()
      update.done()
    },
  }
}

const progressEveryMs = 10_000

function plainProgress(terminal: Terminal, objects: readonly string[]): Progress {
  let board = emptyBoard(objects)
  let waitingFor: string | undefined
  const unsaid = new Set<string>()
  const timer = setInterval(() => {
    for (const line of board.objects.values())
      if (line.state === 'reading' || line.state === 'loading')
        terminal.err(`${line.object}: ${line.state}, ${formatCounts(line)}`)
  }, progressEveryMs)
  /** An object's last counts come after its last state, so its end is told when both are there. */
  const tellEnd = (object: string): void => {
    const line = board.objects.get(object)
    if (!line || !unsaid.delete(object)) return
    terminal.err(`${formatStatus(line.state, terminal.errColors)} ${object}, ${formatCounts(line)}`)
  }
  return {
    onEvent: (event) => {
      const before = board.objects.get(('object' in event ? event.object : undefined) ?? '')?.state
      board = applyEvent(board, event)
      if (event.type === 'object' && isFinal(event.state)) unsaid.add(event.object)
      if (event.type === 'progress') tellEnd(event.object)
      const text = describeMilestone(board, event, before, terminal)
      if (text === undefined || (event.type === 'waiting' && event.reason === waitingFor)) return
      waitingFor = event.type === 'waiting' ? event.reason : undefined
      terminal.err(text)
    },
    note: (text) => terminal.err(text),
    stop: () => {
      clearInterval(timer)
      for (const object of board.objects.keys()) tellEnd(object)
    },
  }
}

function describeMilestone(
  board: RunBoard,
  event: RunEvent,
  before: ObjectLine['state'] | undefined,
  { errColors }: Terminal,
): string | undefined {
  switch (event.type) {
    case 'account':
      return formatAccount(event, errColors).trim()
    case 'warning':
      return `${errColors.yellow('!')} ${event.object}: ${event.message}`
    case 'waiting':
      return formatWaiting(board, Date.now())
    case 'progress':
    case 'recounted':
      return undefined
    case 'object': {
      const isNews = event.state !== 'queued' && event.state !== before && !isFinal(event.state)
      return isNews ? `${formatStatus(event.state, errColors)} ${event.object}` : undefined
    }
  }
}
