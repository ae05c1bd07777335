import { Refusal } from '../answer.ts'
import type { Behaviour } from '../behaviour-switches.ts'

/** Where a page of a cursor list begins: after this sort value and id, as page number so-and-so. */
export interface Cursor {
  /** Milliseconds for a date; null is a record that lacks the field. */
  readonly value: number | string | null
  readonly id: string
  readonly page: number
}

/** A cursor as the API sends it: base64 of `[sort value in ms, id, page]`. */
export function writeCursor({ value, id, page }: Cursor): string {
  return Buffer.from(JSON.stringify([value, id, page])).toString('base64')
}

/** Reads a cursor. Throws the Refusal for one that cannot be read, a 500 unless the switch says otherwise. */
export function readCursor(text: string, behaviour: Behaviour): Cursor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'))
    if (Array.isArray(parsed)) {
      const [value, id, page] = parsed as unknown[]
      const known = value === null || typeof value === 'number' || typeof value === 'string'
      if (known && (typeof id === 'string' || typeof id === 'number') && typeof page === 'number' && page > 1)
        return { value, id: String(id), page }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw badCursor(behaviour)
}

export function badCursor({ badCursor: how }: Behaviour): Refusal {
  return how === 'server_error'
    ? new Refusal(500, 'server_error', 'An unexpected error occurred')
    : new Refusal(400, 'parameter_invalid', 'starting_after is invalid', 'starting_after')
}

/** The per_page asked for, or the endpoint's default. Throws the Refusal for one that the endpoint does not take. */
export function readPerPage(asked: unknown, byDefault: number, behaviour: Behaviour): number {
  if (asked === undefined || asked === null || asked === '') return byDefault
  const number = Number(asked)
  if (Number.isInteger(number) && number > 150 && behaviour.perPageAboveMax === 'clamp') return 150
  if (!Number.isInteger(number) || number < 0 || number > 150)
    throw new Refusal(400, 'invalid_per_page', 'must be an integer between 0 and 150', 'per_page')
  return number === 0 ? byDefault : number
}
