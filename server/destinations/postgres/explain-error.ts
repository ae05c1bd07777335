import { nextRunGoesOn, RunFailure } from '../../engine/failures.ts'
import type { FailureKind } from '../../engine/failures.ts'

/**
 * Turns what the driver threw into a failure with a sentence and a remedy. PostgreSQL's own message, detail and statement
 * may hold values of a row, so nothing of them is kept: the cause is the error's code and where it arose.
 */
export function explainError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RunFailure) return error
  const code = codeOf(error)
  if (code === undefined) return error
  const { kind, sentence, advice } = explanations.find(({ codes }) => codes.test(code)) ?? other
  const routine = 'routine' in error && typeof error.routine === 'string' ? ` in ${error.routine}` : ''
  const cause = new Error(`${code}${routine}`)
  return new RunFailure(kind, sentence.replace('{code}', code), { cause, advice })
}

/** SQLSTATE, or the code of a system error or of the driver. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Whether the same may succeed in a moment: the connection dropped, the server restarts, others are in the way. */
export function isPassing(error: unknown): boolean {
  if (error instanceof RunFailure) return false // our own decision, and it stands
  const failure = explainError(error)
  return failure instanceof RunFailure && failure.kind === 'destination_unavailable'
}

interface Explanation {
  readonly codes: RegExp
  readonly kind: FailureKind
  readonly sentence: string
  readonly advice?: string
}

/** SQLSTATE classes: PostgreSQL manual, appendix A. The first that fits. */
const explanations: readonly Explanation[] = [
  {
    codes: /^(ENOTFOUND|EAI_AGAIN)$/,
    kind: 'destination_unavailable',
    sentence: 'The database’s host name was not found.',
    advice: 'Check the host in the database’s address, and this machine’s DNS.',
  },
  {
    codes: /^(ECONNREFUSED|ENOENT)$/,
    kind: 'destination_unavailable',
    sentence: 'Nothing listens at the database’s address.',
    advice: 'Check the host and port of the database’s address, and that PostgreSQL is running.',
  },
  {
    codes: /^(ERR_SSL|ERR_TLS|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO$)/,
    kind: 'destination_refused',
    sentence: 'No trusted TLS connection to the database could be made ({code}).',
    advice:
      'Offer TLS with a valid certificate (sslrootcert names your own authority), or lower sslmode in the address.',
  },
  {
    codes: /^(CONNECTION_|CONNECT_TIMEOUT|E[A-Z]+$|08|57P0|57014|25P0[34])/,
    kind: 'destination_unavailable',
    sentence: 'The connection to the database was lost ({code}).',
  },
  {
    codes: /^(53300|53200)/,
    kind: 'destination_unavailable',
    sentence: 'The database has no room for another connection ({code}).',
  },
  {
    codes: /^(40|55P03|55006)/,
    kind: 'destination_unavailable',
    sentence: 'Another session holds a lock on one of the tables ({code}).',
    advice: `Look in pg_stat_activity for long transactions on the tables. ${nextRunGoesOn}`,
  },
  {
    // The tables through which rows pass belong to a session, and no two have them in common.
    codes: /^42P07/,
    kind: 'destination_refused',
    sentence: 'A table is there already that only Penstock makes, in a session of its own ({code}).',
    advice:
      'If the address leads through a pool, such as PgBouncer, set it to session pooling, or give the address of PostgreSQL itself.',
  },
  {
    codes: /^28000/,
    kind: 'destination_refused',
    sentence: 'The database lets nobody in this way ({code}).',
    advice:
      'Check the user, and that pg_hba.conf has a line for this user, database and network address. If it asks for TLS, put sslmode=require into the address.',
  },
  {
    codes: /^28/,
    kind: 'destination_refused',
    sentence: 'The database refused the user or the password ({code}).',
    advice: 'Check user and password in the database’s address.',
  },
  {
    codes: /^3D000/,
    kind: 'destination_refused',
    sentence: 'There is no database of that name.',
    advice: 'Create the database, or correct its name in the address.',
  },
  {
    codes: /^(42501|25006)/,
    kind: 'destination_refused',
    sentence: 'The database user lacks a right ({code}).',
    advice:
      'Grant the user CREATE on the database, or on the schema, and let it own the tables that Penstock made.',
  },
  {
    codes: /^53100/,
    kind: 'destination_refused',
    sentence: 'The database’s disk is full.',
    advice: 'Make room on the database’s disk, then run again: it goes on from the last checkpoint.',
  },
  {
    codes: /^(0A000|2BP01)/,
    kind: 'destination_refused',
    sentence: 'A view or rule uses a column whose type must become wider.',
    advice: 'Drop the view, run again, and make the view again.',
  },
  {
    codes: /^(54)/,
    kind: 'destination_refused',
    sentence: 'A row or a table is larger than PostgreSQL allows ({code}).',
    advice:
      'Exclude fields: PostgreSQL takes 1,600 columns, and a row must fit into 8 kB apart from its long texts.',
  },
  {
    codes: /^42P10/,
    kind: 'destination_refused',
    sentence: 'A table has lost its primary key.',
    advice: 'Drop the table: the next run makes it again and reads everything.',
  },
]

const other: Explanation = {
  codes: /^/,
  kind: 'destination_refused',
  sentence: 'PostgreSQL refused with SQLSTATE {code}.',
  advice:
    'The server’s log says more. Correct it there, then run again: it goes on from the last checkpoint.',
}
