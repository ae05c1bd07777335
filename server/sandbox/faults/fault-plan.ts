import { drawsFor, pick } from '../generate/draw.ts'

/** Every way an answer can go wrong. */
export const faultKinds = [
  'rate_limited', // 429 in Intercom's envelope
  'server_error', // 500 in Intercom's envelope
  'bad_gateway', // 502 with HTML
  'unavailable', // 503 with JSON
  'timeout', // 408 with JSON
  'reset_before', // the connection is reset before a byte is sent
  'reset_middle', // the connection is reset in the middle of the body
  'cut_body', // the connection is closed politely in the middle of the body, without a Content-Length
  'html', // 200 with HTML
  'empty_body', // 200 with nothing
  'empty_object', // 200 with {}
  'error_list', // 200 with an error list
  'hang', // no answer, ever
  'slow', // the right answer, in drips
] as const
export type FaultKind = (typeof faultKinds)[number]

/** Which API requests go wrong, and how. */
export interface FaultOptions {
  /** The share of requests that go wrong, 0 to 1. */
  readonly rate: number
  /** What may happen; absent is everything but `hang`. */
  readonly kinds?: readonly FaultKind[]
  /** The same seed draws the same faults for the same order of requests. Default 1. */
  readonly seed?: number
  /** Only requests whose path begins so. */
  readonly path?: string
  /** So many matching requests go well first. */
  readonly skip?: number
  /** At most so many faults; absent is no limit. */
  readonly times?: number
}

/** Decides, request by request, what goes wrong. */
export class FaultPlan {
  #options: FaultOptions | undefined
  #matching = 0
  #made = 0

  constructor(options: FaultOptions | undefined) {
    this.set(options)
  }

  /** Begins anew with other options; undefined ends all faults. Throws a RangeError for a kind that does not exist. */
  set(options: FaultOptions | undefined): void {
    const unknown = options?.kinds?.find((kind) => !faultKinds.includes(kind))
    if (unknown !== undefined) throw new RangeError(`There is no fault ${String(unknown)}.`)
    this.#options = options
    this.#matching = 0
    this.#made = 0
  }

  /** The fault for the next request to a path, or undefined when it goes well. */
  next(path: string): FaultKind | undefined {
    const options = this.#options
    if (!options || !path.startsWith(options.path ?? '')) return undefined
    const at = this.#matching++
    if (at < (options.skip ?? 0) || this.#made >= (options.times ?? Infinity)) return undefined
    const draw = drawsFor(options.seed ?? 1, 'faults')
    if (draw(at, 1) / 2 ** 32 >= options.rate) return undefined
    this.#made++
    return pick(options.kinds ?? faultKinds.filter((kind) => kind !== 'hang'), draw(at, 2))
  }
}
