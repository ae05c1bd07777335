/** One request the sandbox got. */
export interface LoggedRequest {
  readonly sequence: number
  /** Real time in milliseconds. */
  readonly time: number
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** The parsed JSON body of a POST, where there was one. */
  readonly body?: unknown
  readonly version: string | undefined
  /** 0 while it is being answered, and for ever where the answer never comes. */
  status: number
  /** The fault it got, or null. */
  fault: string | null
  /** True for a method that would change something: penstock only reads. */
  readonly write: boolean
}

const kept = 100_000

/** The last 100,000 API requests, oldest first. */
export class RequestLog {
  #requests: LoggedRequest[] = []
  #sequence = 0

  add(request: Omit<LoggedRequest, 'sequence' | 'status' | 'fault'>): LoggedRequest {
    const logged: LoggedRequest = { ...request, sequence: ++this.#sequence, status: 0, fault: null }
    this.#requests.push(logged)
    if (this.#requests.length > kept * 1.2) this.#requests = this.#requests.slice(-kept)
    return logged
  }

  /** Requests with a sequence number greater than `sequence`. */
  since(sequence = 0): readonly LoggedRequest[] {
    return this.#requests.filter((request) => request.sequence > sequence)
  }

  /** Forgets the requests; sequence numbers go on. */
  reset(): void {
    this.#requests = []
  }
}
