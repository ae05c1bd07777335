import { pointerTo } from './problem.ts'
import type { JudgedProblem } from './problem.ts'

/** A saved connection as validation sees it: never its settings or secrets. */
export interface KnownConnection {
  readonly id: string
  readonly kind: 'source' | 'destination'
  /** The manifest's name, or the destination's type. */
  readonly connector: string
  readonly name: string
  readonly region: string | null
  readonly state: 'healthy' | 'unchecked' | 'needs_reauthorisation' | 'disconnected' | 'wiping'
  readonly stateReason: string | null
  /** The scopes that were granted; null: nobody knows. */
  readonly grantedScopes: readonly string[] | null
  readonly accountId: string | null
}

/** The saved connections of a workspace, by id. */
export type KnownConnections = ReadonlyMap<string, KnownConnection>

type Side = 'source' | 'destination'

/**
 * Whether what a document says of its connection can be used in the app: a saved connection of this workspace, of the right kind and
 * connector, in a state in which a run can use it. Inline settings are refused: they hold secrets, or the names of the server's own.
 */
export function judgeConnection(
  side: Side,
  chosen: { readonly connector: string; readonly connection: unknown },
  known: KnownConnections,
): readonly JudgedProblem[] {
  const pointer = pointerTo(side, 'connection')
  const problem = (message: string, fix: string, severity: JudgedProblem['severity'] = 'error') => [
    { pointer, message, fix, severity },
  ]
  const { connection, connector } = chosen
  if (typeof connection !== 'string')
    return problem(
      `Settings written into the document are not used here: a ${side} is a saved connection.`,
      `Save them as a connection, and choose it as the ${side}.`,
    )
  const found = known.get(connection)
  if (!found)
    return problem(
      looksLikeId.test(connection)
        ? 'There is no such connection in this workspace.'
        : `There is no connection named “${connection.slice(0, 200)}” in this workspace.`,
      `Choose a connection for the ${side}, or make one.`,
    )
  if (found.kind !== side)
    return problem(`“${found.name}” is a ${found.kind}, not a ${side}.`, `Choose a ${side} connection.`)
  if (found.connector !== connector)
    return problem(
      `“${found.name}” is a connection of ${found.connector}, not of ${connector}.`,
      `Choose a connection of ${connector}.`,
    )
  return judgeState(found, problem)
}

/** Connections are named by their id; an imported document may name one by a name that is not known here. */
const looksLikeId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i

function judgeState(
  { name, state, stateReason }: KnownConnection,
  problem: (message: string, fix: string, severity?: JudgedProblem['severity']) => readonly JudgedProblem[],
): readonly JudgedProblem[] {
  switch (state) {
    case 'healthy':
    case 'unchecked':
      return []
    case 'needs_reauthorisation':
      return problem(
        `“${name}” was refused by its API${stateReason ? `: ${stateReason}` : '.'}`,
        'Authorise the connection again; until then its runs fail.',
        'warning',
      )
    case 'disconnected':
      return problem(`“${name}” is disconnected.`, 'Connect it again, or choose another connection.')
    case 'wiping':
      return problem(`The data of “${name}” is being deleted.`, 'Choose another connection.')
  }
}
