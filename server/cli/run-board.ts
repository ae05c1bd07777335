import type { RunEvent } from '../engine/execute-run.ts'

/** How an object of a running run stands. */
export interface ObjectLine {
  readonly object: string
  readonly state: Extract<RunEvent, { type: 'object' }>['state']
  readonly extracted: number
  readonly loaded: number
  readonly unchanged: number
  readonly rejected: number
  readonly requests: number
}

/** All that is known of a run while it goes on. */
export interface RunBoard {
  readonly objects: ReadonlyMap<string, ObjectLine>
  readonly account: Extract<RunEvent, { type: 'account' }> | undefined
  readonly waiting: Extract<RunEvent, { type: 'waiting' }> | undefined
}

/** A board on which every object is queued, in the order of the document. */
export function emptyBoard(objects: readonly string[]): RunBoard {
  return {
    objects: new Map(objects.map((object) => [object, queued(object)])),
    account: undefined,
    waiting: undefined,
  }
}

/** The board after an event. */
export function applyEvent(board: RunBoard, event: RunEvent): RunBoard {
  switch (event.type) {
    case 'object':
      return withLine(board, { ...lineOf(board, event.object), state: event.state })
    case 'progress': {
      const { type: _, ...counts } = event
      return withLine(board, { ...lineOf(board, event.object), ...counts })
    }
    case 'waiting':
      return { ...board, waiting: event }
    case 'account':
      return { ...board, account: event }
    case 'warning':
    case 'recounted':
      return board
  }
}

/** Whether nothing more will happen to an object in this run. */
export function isFinal(state: ObjectLine['state']): boolean {
  return state === 'succeeded' || state === 'skipped' || state === 'failed' || state === 'cancelled'
}

function withLine(board: RunBoard, line: ObjectLine): RunBoard {
  return { ...board, objects: new Map(board.objects).set(line.object, line) }
}

function lineOf(board: RunBoard, object: string): ObjectLine {
  return board.objects.get(object) ?? queued(object)
}

function queued(object: string): ObjectLine {
  return { object, state: 'queued', extracted: 0, loaded: 0, unchanged: 0, rejected: 0, requests: 0 }
}
