import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { ApiClient } from './api-client.ts'
import { buildRequest } from './build-request.ts'
import type { StoredTable } from './destination.ts'
import { RunFailure } from './failures.ts'
import type { Account } from './group-run.ts'
import { readPath, type Json } from './read-path.ts'
import type { References } from './render-template.ts'
import { regionUrl, settingReferences, type SourceConnection } from './source-connection.ts'
import { storableText } from './storable-text.ts'

export interface IdentifiedAccount extends Account {
  readonly shown: { readonly name: string; readonly id: string; readonly region?: string }
  /** What the manifest's templates may name anywhere in a run. */
  references(startedAt: string): References
}

/**
 * Asks the API whose account this is. Throws `wrong_region` where it lives elsewhere than the connection says, and whatever
 * failure the request ended with, unless it was a missing permission that says nothing about the objects.
 */
export async function identifyAccount(input: {
  readonly connector: Connector
  readonly connection: SourceConnection
  readonly client: ApiClient
  readonly stored: ReadonlyMap<string, StoredTable>
  readonly signal: AbortSignal
}): Promise<IdentifiedAccount> {
  const { connector, connection } = input
  const known = await askAccount(input)
  const text = (name: string) => plainText(known.get(name))
  insistOnRegion(connector, connection, text('region'))
  const settings = settingReferences(connector.manifest, connection)
  const createdAt = Number(text('createdAt'))
  const id = text('id')
  return {
    source: sourceOf(input, id),
    timezone: text('timezone'),
    createdAt: Number.isFinite(createdAt) ? createdAt : undefined,
    shown: {
      name: text('name') ?? connector.manifest.title,
      id: id ?? '',
      ...(text('region') ? { region: text('region') } : {}),
    },
    references: (startedAt) => (name) => {
      if (name === 'run.startedAt') return startedAt
      if (name.startsWith('account.')) return known.get(name.slice('account.'.length))
      return settings(name)
    },
  }
}

/**
 * Throws `other_source` where one of the pipeline's tables holds what another account's run landed. Asked before any is opened: else objects that
 * have no table yet would land beside them, and be in the way when the first account is back.
 */
export function insistOnOwnTables(
  tables: ReadonlyMap<string, StoredTable>,
  { source }: Pick<IdentifiedAccount, 'source'>,
): void {
  const others = [...tables].find(
    ([, table]) => table.checkpoint !== undefined && table.source !== '' && table.source !== source,
  )
  if (others)
    throw new RunFailure('other_source', `The table of ${others[0]} holds the data of another account.`)
}

async function askAccount({
  connector,
  connection,
  client,
  signal,
}: {
  readonly connector: Connector
  readonly connection: SourceConnection
  readonly client: ApiClient
  readonly signal: AbortSignal
}): Promise<ReadonlyMap<string, Json>> {
  const { check } = connector.manifest
  const settings = settingReferences(connector.manifest, connection)
  const startedAt = new Date().toISOString()
  const references: References = (name) => (name === 'run.startedAt' ? startedAt : settings(name))
  try {
    const json = await client.send(buildRequest(check.request, references), 0, signal, (answer) =>
      insistOnAccount(answer.json, check.account?.id),
    )
    return new Map(
      Object.entries(check.account ?? {}).map(([name, path]) => [name, readPath(json, String(path))]),
    )
  } catch (error) {
    const tolerable =
      error instanceof RunFailure && error.kind === 'missing_scope' && check.mayLackScope === true
    if (!tolerable) throw error
    return new Map()
  }
}

/** An error list, or `{}`, with status 200 must not pass for an account without a name: its tables would be nobody's. */
function insistOnAccount(json: Json, path: unknown): Json {
  if (typeof path !== 'string' || plainText(readPath(json, path)) !== undefined) return json
  throw new RunFailure('not_an_answer', 'The API does not say whose account this is.')
}

function insistOnRegion(
  connector: Connector,
  connection: SourceConnection,
  region: string | undefined,
): void {
  const home = region?.toLowerCase()
  if (
    home === undefined ||
    home === connection.region ||
    !Object.hasOwn(connector.manifest.api.regions, home)
  )
    return
  const title = connector.manifest.api.regions[home]?.title ?? home
  throw new RunFailure(
    'wrong_region',
    `The account lives in ${title} (${home}), but the connection says ${connection.region}.`,
  )
}

/**
 * Whose data this is. An API that does not say stands for itself by its address; where only the permission to ask is missing, the
 * tables' own word is taken.
 */
function sourceOf(
  input: {
    readonly connector: Connector
    readonly connection: SourceConnection
    readonly stored: ReadonlyMap<string, StoredTable>
  },
  id: string | undefined,
): string {
  const { connector, connection, stored } = input
  const name = connector.manifest.name
  if (id !== undefined) return `${name}:${id}`
  if (connector.manifest.check.account?.id === undefined)
    return `${name}:${connection.apiBaseUrl ?? regionUrl(connector.manifest, connection, 'api')}`
  return [...stored.values()][0]?.source ?? ''
}

function plainText(value: Json): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : storableText(value)
  return typeof value === 'number' ? String(value) : undefined
}
