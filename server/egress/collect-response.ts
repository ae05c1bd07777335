import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import type { Dispatcher } from 'undici'

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** How long the answer may take to begin, in milliseconds. */
  readonly timeoutMs: number
}

/** What one answer may cost. Hitting a limit is a failure, never a shorter answer. */
export interface AnswerLimits {
  /** Bytes of one answer, after decompression. */
  readonly bodyBytes: number
  /** Silence in the middle of an answer, in milliseconds. */
  readonly idleMs: number
  /** From asking for a connection to the last byte received, in milliseconds. */
  readonly totalMs: number
}

export const defaultLimits: AnswerLimits = {
  bodyBytes: 64 * 1024 * 1024,
  idleMs: 30_000,
  totalMs: 300_000,
}

export interface HttpResponse {
  readonly status: number
  /** Lower-case names; a header that came several times is joined with commas. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  /** When the answer was whole, milliseconds of our own clock. */
  readonly receivedAt: number
  /** How long it took from sending, milliseconds. */
  readonly elapsedMs: number
}

/** An answer was larger than `AnswerLimits.bodyBytes`, or compressed more than once. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/** Sends one request through a dispatcher and resolves with its whole answer. */
export async function collectResponse(
  dispatcher: Dispatcher,
  request: HttpRequest,
  limits: AnswerLimits,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const started = performance.now()
  const raw = await exchange(dispatcher, request, limits, signal)
  const encoding = raw.headers.get('content-encoding') ?? 'identity'
  const bytes = await decompress(raw.bytes, encoding.trim().toLowerCase(), limits)
  return {
    status: raw.status,
    headers: raw.headers,
    body: bytes.toString('utf8'),
    receivedAt: Date.now(),
    elapsedMs: performance.now() - started,
  }
}

interface RawResponse {
  readonly status: number
  readonly headers: Map<string, string>
  readonly bytes: Buffer
}

function exchange(
  dispatcher: Dispatcher,
  request: HttpRequest,
  limits: AnswerLimits,
  signal: AbortSignal,
): Promise<RawResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<RawResponse>()
  const chunks: Buffer[] = []
  let size = 0
  let head = { status: 0, headers: new Map<string, string>() }
  let ended = false
  let abort: ((reason: Error) => void) | undefined
  // Nobody waits for a connection that is still being made: undici tells of it only when it is there.
  const stop = (reason: Error) => {
    done()
    reject(reason)
    abort?.(reason)
  }
  const cancel = () => stop(new Error('the request was cancelled'))
  const timer = setTimeout(() => stop(new Error('the answer took too long')), limits.totalMs)
  const done = () => {
    ended = true
    clearTimeout(timer)
    signal.removeEventListener('abort', cancel)
  }
  signal.addEventListener('abort', cancel, { once: true })
  dispatcher.dispatch(dispatchOptions(request, limits), {
    onRequestStart(controller) {
      abort = (reason) => controller.abort(reason)
      if (ended) controller.abort(new Error('nobody waits for this any more'))
    },
    onResponseStart(_controller, code, received) {
      head = { status: code, headers: readHeaders(received) }
    },
    onResponseData(controller, chunk) {
      size += chunk.length
      if (size > limits.bodyBytes) controller.abort(new TooLarge('the answer is too large'))
      else chunks.push(chunk)
    },
    onResponseEnd() {
      done()
      const [only] = chunks
      resolve({ ...head, bytes: chunks.length === 1 && only ? only : Buffer.concat(chunks, size) })
    },
    onResponseError(_controller, error) {
      done()
      reject(error)
    },
  })
  return promise
}

function dispatchOptions(request: HttpRequest, limits: AnswerLimits): Dispatcher.DispatchOptions {
  return {
    method: request.method,
    path: request.url.pathname + request.url.search,
    headers: request.headers,
    body: request.body ?? null,
    headersTimeout: request.timeoutMs,
    bodyTimeout: limits.idleMs,
  }
}

function readHeaders(received: Readonly<Record<string, string | string[] | undefined>>): Map<string, string> {
  const headers = new Map<string, string>()
  for (const [name, value] of Object.entries(received)) {
    if (value === undefined) continue
    headers.set(name.toLowerCase(), typeof value === 'string' ? value : value.join(', '))
  }
  return headers
}

const decoders = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
])

/** One layer of compression at most, and never more bytes out of it than an answer may have. */
async function decompress(bytes: Buffer, encoding: string, limits: AnswerLimits): Promise<Buffer> {
  if (encoding === 'identity' || encoding === '' || bytes.length === 0) return bytes
  const decode = decoders.get(encoding)
  if (!decode) throw new TooLarge('the answer is compressed in a way that is not accepted')
  try {
    return await decode(bytes, { maxOutputLength: limits.bodyBytes })
  } catch (error) {
    if (error instanceof RangeError) throw new TooLarge('the answer is too large', { cause: error })
    throw error
  }
}
