/** The sandbox's own time, in milliseconds: what its records, scrolls, codes and search index go by. */
export class SandboxClock {
  #offset: number
  #advanced = 0
  readonly #stopped: boolean

  /** Begins at `now` and runs on with real time, unless it is stopped: then only advance moves it. */
  constructor(now: number | undefined, mode: 'running' | 'stopped' = 'running') {
    this.#stopped = mode === 'stopped'
    this.#offset = this.#stopped ? (now ?? Date.now()) : now === undefined ? 0 : now - Date.now()
  }

  get milliseconds(): number {
    return this.#stopped ? this.#offset : Date.now() + this.#offset
  }

  get seconds(): number {
    return Math.floor(this.milliseconds / 1000)
  }

  /** By how many seconds it was moved. The Date header and rate limits, which go by real time, are told with as much added. */
  get advanced(): number {
    return this.#advanced
  }

  /** Goes on at this moment, as after a time in which nobody looked. That much real time has passed, so it is not told of. */
  moveTo(milliseconds: number): void {
    this.#offset += milliseconds - this.milliseconds
  }

  advance(seconds: number): void {
    this.#offset += seconds * 1000
    this.#advanced += seconds
  }
}
