import type { ServerResponse } from 'node:http'
import { problem } from '../answer.ts'
import type { Answer } from '../answer.ts'
import type { FaultKind } from './fault-plan.ts'

const html =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>'

/** The answer that stands in for the right one, for faults that are answers at all. */
export function faultyAnswer(kind: FaultKind): Answer | undefined {
  switch (kind) {
    case 'rate_limited':
      return problem(429, 'rate_limit_exceeded', 'Exceeded rate limit of 1667 in 10_seconds')
    case 'server_error':
      return problem(500, 'server_error', 'An unexpected error occurred')
    case 'bad_gateway':
      return { status: 502, body: html, contentType: 'text/html' }
    case 'unavailable':
      return problem(503, 'service_unavailable', 'Sorry, the API service is temporarily unavailable')
    case 'timeout':
      return problem(408, 'request_timeout', 'The server would not wait any longer for the client')
    case 'html':
      return { status: 200, body: html, contentType: 'text/html' }
    case 'empty_body':
      return { status: 200, body: '' }
    case 'empty_object':
      return { status: 200, body: '{}' }
    case 'error_list':
      return { ...problem(200, 'server_error', 'An unexpected error occurred'), status: 200 }
    case 'reset_before':
    case 'reset_middle':
    case 'cut_body':
    case 'hang':
    case 'slow':
      return undefined
  }
}

/** Carries out a fault of the connection: what the answer would have been, and what becomes of it. */
export function breakConnection(kind: FaultKind, response: ServerResponse, body: Buffer): void {
  if (kind === 'hang') return
  if (kind === 'reset_before') {
    response.socket?.resetAndDestroy()
    return
  }
  if (kind === 'slow') {
    response.setHeader('content-length', body.length)
    drip(response, body, 0)
    return
  }
  if (kind === 'reset_middle') response.setHeader('content-length', body.length)
  else response.setHeader('connection', 'close')
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => {
    if (kind === 'reset_middle') response.socket?.resetAndDestroy()
    else response.end()
  })
}

/** Twenty pieces, 25 ms apart: half a second for the whole answer. */
function drip(response: ServerResponse, body: Buffer, from: number): void {
  if (response.destroyed) return
  const until = Math.min(from + Math.max(Math.ceil(body.length / 20), 1), body.length)
  response.write(body.subarray(from, until))
  if (until >= body.length) response.end()
  else setTimeout(() => drip(response, body, until), 25).unref()
}
