import type { RecordEstimate, SavedConnection } from '../document/catalogue.ts'

/** A saved connection as the API describes it, as far as the editor needs it. */
export interface ConnectionAnswer {
  readonly id: string
  readonly kind: 'source' | 'destination'
  readonly connector: string
  readonly name: string
  readonly regionTitle: string | null
  readonly grantedScopes: readonly string[] | null
  readonly account: { readonly name?: string } | null
  readonly state: string
  readonly stateReason: string | null
  readonly usedBy: readonly { readonly name: string }[]
  readonly check: {
    readonly at: string
    readonly objects?:
      | readonly { readonly object: string; readonly records?: RecordEstimate | undefined }[]
      | undefined
  } | null
}

/** Saved connections, as the editor's rules and panels see them. One that is being wiped is gone. */
export function readConnections(
  answer: readonly ConnectionAnswer[] | { readonly items: readonly ConnectionAnswer[] },
): readonly SavedConnection[] {
  const connections = 'items' in answer ? answer.items : answer
  return connections.filter(({ state }) => state !== 'wiping').map(readConnection)
}

function readConnection(answer: ConnectionAnswer): SavedConnection {
  const { id, name, kind, connector, regionTitle, account, grantedScopes, stateReason, usedBy } = answer
  return {
    id,
    name,
    side: kind,
    kind: connector,
    health: healthOf(answer.state),
    usedBy: usedBy.map((one) => one.name),
    ...(stateReason ? { healthDetail: stateReason } : {}),
    ...(account?.name ? { account: account.name } : {}),
    ...(regionTitle ? { region: regionTitle } : {}),
    ...(grantedScopes ? { grantedScopes } : {}),
    ...estimatesOf(answer),
  }
}

function estimatesOf({ check }: ConnectionAnswer): Pick<SavedConnection, 'estimates'> {
  const told = check?.objects?.flatMap(({ object, records }) => (records ? [[object, records] as const] : []))
  return check && told && told.length > 0
    ? { estimates: { at: check.at, records: Object.fromEntries(told) } }
    : {}
}

function healthOf(state: string): SavedConnection['health'] {
  if (state === 'healthy') return 'healthy'
  return state === 'unchecked' ? 'untested' : 'broken'
}
