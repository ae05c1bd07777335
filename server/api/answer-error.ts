import { TRPCError } from '@trpc/server'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server'
import { ZodError } from 'zod'
import { DomainError } from '../domain-error.ts'
import type { DomainCode } from '../domain-error.ts'
import { RunFailure } from '../engine/failures.ts'
import { errorFields } from '../log.ts'
import { explainLostKey } from '../secrets/lost-key.ts'
import { isDatabaseAway } from '../is-database-away.ts'
import type { RequestContext } from './trpc.ts'

const codes: Readonly<Record<DomainCode, TRPC_ERROR_CODE_KEY>> = {
  UNAUTHORIZED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  INVALID: 'BAD_REQUEST',
  TOO_MANY: 'TOO_MANY_REQUESTS',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
}

/** What a caller is told: our own sentences as they are; of anything else only that it happened, with the number under which it is logged. */
export function answerError(
  error: TRPCError,
  { request, services }: Pick<RequestContext, 'request' | 'services'>,
): TRPCError {
  const { cause } = error
  if (cause instanceof DomainError)
    return new TRPCError({ code: codes[cause.code], message: cause.message, cause })
  if (cause instanceof RunFailure)
    return new TRPCError({
      code: 'UNPROCESSABLE_CONTENT',
      message: cause.message,
      cause: Object.assign(new Error(cause.message), {
        details: { kind: cause.kind, advice: cause.advice },
      }),
    })
  // Only what was sent: a stored value or an answer that does not fit is our fault.
  if (cause instanceof ZodError && error.code === 'BAD_REQUEST')
    return new TRPCError({ code: 'BAD_REQUEST', message: 'Something in the request cannot be.', cause })
  if (hasCode(cause, unstorable))
    return new TRPCError({ code: 'BAD_REQUEST', message: 'A text holds a character that cannot be kept.' })
  if (hasCode(cause, outOfRange)) {
    // Should it be ours after all, it is found in the log.
    services.log.warn('request.out_of_range', { requestId: request.requestId, ...errorFields(cause) })
    return new TRPCError({
      code: 'BAD_REQUEST',
      message: 'A number or a date of the request is out of range, or a cursor is none of this list.',
    })
  }
  if (cause === undefined) return error
  const lost = explainLostKey(cause)
  if (lost) {
    services.log.error('secret.unreadable', { requestId: request.requestId, ...errorFields(cause) })
    return new TRPCError({ code: 'UNPROCESSABLE_CONTENT', message: `${lost.message} ${lost.advice}` })
  }
  if (isDatabaseAway(cause)) {
    services.log.warn('database.silent', { requestId: request.requestId, ...errorFields(cause) })
    return new TRPCError({
      code: 'SERVICE_UNAVAILABLE',
      message: 'Penstock’s own database does not answer. Try again in a moment.',
    })
  }
  services.log.error('request.failed', { requestId: request.requestId, ...errorFields(cause) })
  return new TRPCError({
    code: 'INTERNAL_SERVER_ERROR',
    message: `Something went wrong on our side. In the server's log it is request ${request.requestId}.`,
  })
}

/** PostgreSQL takes no U+0000 in a text (22021), nor as an escape in JSON (22P05): what was sent has one. */
const unstorable: ReadonlySet<unknown> = new Set(['22021', '22P05'])

/** A number that no column holds (22003), a moment that no calendar has (22007 to 22009), an id that is none (22P02): only what was sent is like that. */
const outOfRange: ReadonlySet<unknown> = new Set(['22003', '22007', '22008', '22009', '22P02'])

function hasCode(error: unknown, codes: ReadonlySet<unknown>): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && codes.has(cause.code)) return true
  return false
}
