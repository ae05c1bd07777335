import { ApiClient } from './api-client.ts'
import { systemClock } from './clock.ts'
import type { RunInput } from './execute-run.ts'
import { derivedRecords, elementsAt, withGiven } from './expand-record.ts'
import { fetchPage, type ListSpec, type Page } from './fetch-page.ts'
import { filler } from './group-run.ts'
import { identifyAccount, type IdentifiedAccount } from './identify-account.ts'
import { firstPage } from './next-page.ts'
import { manifestOf } from './plan-table.ts'
import { readPath } from './read-path.ts'
import { formatTime } from './record-time.ts'
import type { References } from './render-template.ts'
import { keysFor } from './run-errand.ts'
import { asRunFailure } from './run-outcome.ts'

export interface ObjectAccess {
  readonly object: string
  readonly access: 'works' | 'missing_scope' | 'plan_gate' | 'forbidden' | 'failed'
  /** Why, in a sentence; what the object needs where it does not work. */
  readonly message: string
}

export interface ConnectionCheck {
  /** What the API says of the account: id, name, region, timezone, as far as the manifest knows where. */
  readonly account: Readonly<Record<string, string>>
  readonly objects: readonly ObjectAccess[]
}

/**
 * Tries a connection: whose account it is, and for each object whether it may be read. One small request each; nothing is kept.
 * Throws a `RunFailure` where nothing can work: a dead token, the wrong region, a host that is not allowed.
 */
export async function checkConnection(
  input: Pick<RunInput, 'connector' | 'connection' | 'http' | 'keepTokens' | 'budget' | 'signal'>,
): Promise<ConnectionCheck> {
  const { connector, connection, http, keepTokens, signal } = input
  const client = new ApiClient({
    manifest: connector.manifest,
    connection,
    http,
    clock: systemClock,
    random: Math.random,
    keepTokens,
    onWait: () => undefined,
  })
  const account = await identifyAccount({ connector, connection, client, stored: new Map(), signal })
  const budget = input.budget?.({ id: account.shown.id, source: account.source })
  const leave = budget && client.shareBudget(budget)
  const probe = new Probe(input, client, account)
  const objects: ObjectAccess[] = []
  try {
    for (const object of Object.keys(connector.manifest.objects)) objects.push(await probe.access(object))
  } finally {
    leave?.()
  }
  return {
    account: { ...account.shown, ...(account.timezone ? { timezone: account.timezone } : {}) },
    objects,
  }
}

/** Reads the first page of each list once, and a first child of a first parent. */
class Probe {
  readonly #input: Pick<RunInput, 'connector' | 'signal'>
  readonly #client: ApiClient
  readonly #account: IdentifiedAccount
  readonly #pages = new Map<string, Promise<Page | undefined>>()

  constructor(input: Pick<RunInput, 'connector' | 'signal'>, client: ApiClient, account: IdentifiedAccount) {
    this.#input = input
    this.#client = client
    this.#account = account
  }

  async access(object: string): Promise<ObjectAccess> {
    try {
      const page = await this.#firstPage(object)
      return { object, access: 'works', message: page ? 'It can be read.' : this.#untried(object) }
    } catch (error) {
      const failure = asRunFailure(error, this.#input.signal)
      if (failure.kind === 'unauthorized' || failure.kind === 'version_mismatch') throw failure
      const known = ['missing_scope', 'plan_gate', 'forbidden'] as const
      const access = known.find((kind) => kind === failure.kind) ?? 'failed'
      return { object, access, message: `${failure.message} ${this.#scopeOf(object) ?? failure.advice}` }
    }
  }

  /** Undefined where there was nothing to try it on. */
  async #firstPage(object: string): Promise<Page | undefined> {
    const known = this.#pages.get(object)
    if (known) return known
    const asked = this.#ask(object)
    this.#pages.set(object, asked)
    return asked
  }

  async #ask(object: string): Promise<Page | undefined> {
    const { read, checkpoint } = manifestOf(this.#input.connector, object)
    if (read.type === 'derived') {
      const page = await this.#firstPage(read.parent)
      const records = page?.records.flatMap((record) =>
        derivedRecords(read, { record, given: {} }, elementsAt(record, read.at)),
      )
      return page && { ...page, records: records ?? [] }
    }
    const references = this.#account.references(new Date().toISOString())
    if (read.type === 'list') {
      // A scroll that was opened for a try would keep a real run waiting.
      if (read.pagination.type === 'scroll') return undefined
      const now = Math.floor(this.#client.gate.serverNow() / 1000)
      const partition = read.partitions?.[0] ?? {}
      const known: References = (name) => {
        if (name === 'window.after') return checkpoint ? formatTime(now - 3 * 86_400, checkpoint) : undefined
        if (name === 'window.before') return checkpoint ? formatTime(now, checkpoint) : undefined
        if (name.startsWith('partition.')) return partition[name.slice('partition.'.length)]
        return references(name)
      }
      const page = await this.#fetch(read, known)
      const fill = filler(read)
      return { ...page, records: page.records.map((record) => fill(record, known)) }
    }
    const parent = (await this.#firstPage(read.parent))?.records[0]
    if (parent === undefined) return undefined
    const { request, recordsAt, pagination } = read
    const list: ListSpec = { request, recordsAt, pagination: pagination ?? { type: 'none' } }
    const page = await this.#fetch(list, (name) =>
      name.startsWith('parent.') ? readPath(parent, name.slice('parent.'.length)) : references(name),
    )
    const given = keysFor({ read, parent })
    return { ...page, records: page.records.map((record) => withGiven(record, given)) }
  }

  async #fetch(list: ListSpec, references: References): Promise<Page> {
    const options = { priority: 1, signal: this.#input.signal, size: 1 } as const
    return fetchPage(this.#client, list, firstPage(list.pagination), references, options)
  }

  #untried(object: string): string {
    const { read } = manifestOf(this.#input.connector, object)
    const scroll = read.type === 'list' && read.pagination.type === 'scroll'
    return scroll
      ? 'It was not tried: a try would keep the next run waiting for a minute.'
      : 'There is nothing yet that it could be tried on.'
  }

  #scopeOf(object: string): string | undefined {
    const scopes = Object.values(this.#input.connector.manifest.scopes ?? {})
    const scope = scopes.find(({ objects }) => objects.includes(object))
    return scope ? `It needs the permission “${scope.title}”.` : undefined
  }
}
