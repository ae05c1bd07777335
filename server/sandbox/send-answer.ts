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
  let body = Buffer.from(answer.body)
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
