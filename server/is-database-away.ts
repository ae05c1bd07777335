/**
 * How a driver and PostgreSQL itself say that there is nobody to ask just now; a statement that was refused is none of these. ENOENT: a socket of
 * this machine that is not there. 57P01 to 57P03: ended by an administrator, after a crash, or not begun yet. 53300: no connection is left.
 */
const away: ReadonlySet<unknown> = new Set(
  (
    'CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED CONNECT_TIMEOUT ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT ' +
    'EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN ENOENT 57P01 57P02 57P03 53300'
  ).split(' '),
)

/** Whether Penstock's own database did not answer, so that the same may be tried again. */
export function isDatabaseAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && away.has(cause.code)) return true
  return false
}
