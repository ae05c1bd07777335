import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Answer } from './answer.ts'
import type { Behaviour } from './behaviour-switches.ts'
import type { FaultKind } from './faults/fault-plan.ts'
import { breakConnection } from './faults/send-fault.ts'

/** Sends an answer, whole or the way a fault or a switch wants it. */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  behaviour: Behaviour,
  fault?: FaultKind,
): void {
  let body = encode(answer.body)
  response.statusCode = answer.status
  response.setHeader('content-type', answer.contentType ?? 'application/json; charset=utf-8')
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value)
  if (behaviour.gzip && String(request.headers['accept-encoding'] ?? '').includes('gzip')) {
    body = gzipSync(body, { level: 1 })
    response.setHeader('content-encoding', 'gzip')
  }
  if (fault) breakConnection(fault, response, body)
  else if (behaviour.contentLength === 'right') {
    response.setHeader('content-length', body.length)
    response.end(body)
  } else {
    response.setHeader(
      'content-length',
      Math.max(body.length + (behaviour.contentLength === 'short' ? -1 : 10), 0),
    )
    response.write(body, () => response.socket?.end())
  }
}

/** The bytes of a body; a UTF-16 unit takes at most three. */
function encode(body: string | readonly string[]): Buffer {
  if (typeof body === 'string') return Buffer.from(body)
  const buffer = Buffer.allocUnsafe(3 * body.reduce((sum, piece) => sum + piece.length, 0))
  let length = 0
  for (const piece of body) length += buffer.write(piece, length)
  return buffer.subarray(0, length)
}
