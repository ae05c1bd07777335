import type { CheckpointRule, ListRead } from '@penstock/schemas/generated/manifest.ts'
import type { ApiClient } from './api-client.ts'
import { derivedRecords, elementsAt, withGiven } from './expand-record.ts'
import { fetchPage, type ListSpec, type Page } from './fetch-page.ts'
import { filler } from './group-run.ts'
import type { IdentifiedAccount } from './identify-account.ts'
import { listReferences } from './list-references.ts'
import { firstPage } from './next-page.ts'
import { openSource, type SourceAccess } from './open-source.ts'
import { manifestOf } from './plan-table.ts'
import { planWindows } from './plan-windows.ts'
import { readPath, type Json } from './read-path.ts'
import { mentions, type References } from './render-template.ts'
import { keysFor } from './run-errand.ts'
import { asRunFailure } from './run-outcome.ts'

export interface ObjectAccess {
  readonly object: string
  readonly access: 'works' | 'missing_scope' | 'plan_gate' | 'forbidden' | 'failed'
  /** Why, in a sentence; what the object needs where it does not work. */
  readonly message: string
  /** How many records the API said there are, as it was asked; absent where its answer does not tell. */
  readonly records?: RecordEstimate
}

/** How many records an object had when it was tried. */
export interface RecordEstimate {
  readonly count: number
  /** The manifest knows that the API's number is not always right. */
  readonly approximate: boolean
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
export async function checkConnection(input: SourceAccess): Promise<ConnectionCheck> {
  using source = await openSource(input)
  const { client, account } = source
  const probe = new Probe(input, client, account)
  const objects: ObjectAccess[] = []
  for (const object of Object.keys(input.connector.manifest.objects)) objects.push(await probe.access(object))
  return {
    account: { ...account.shown, ...(account.timezone ? { timezone: account.timezone } : {}) },
    objects,
  }
}

/** What the first answer of an object's list held. */
interface Tried {
  readonly records: readonly Json[]
  /** How many records there are in all, where the answer proves it or says so. */
  readonly count?: number | undefined
}

/** Reads the first page of each list once, and a first child of a first parent. */
class Probe {
  readonly #input: Pick<SourceAccess, 'connector' | 'signal'>
  readonly #client: ApiClient
  readonly #account: IdentifiedAccount
  readonly #tried = new Map<string, Promise<Tried | undefined>>()

  constructor(
    input: Pick<SourceAccess, 'connector' | 'signal'>,
    client: ApiClient,
    account: IdentifiedAccount,
  ) {
    this.#input = input
    this.#client = client
    this.#account = account
  }

  async access(object: string): Promise<ObjectAccess> {
    try {
      const tried = await this.#try(object)
      const works = { object, access: 'works' } as const
      if (!tried) return { ...works, message: this.#untried(object) }
      const message = 'It can be read.'
      if (tried.count === undefined) return { ...works, message }
      const approximate = manifestOf(this.#input.connector, object).count?.approximate === true
      return { ...works, message, records: { count: tried.count, approximate } }
    } catch (error) {
      const failure = asRunFailure(error, this.#input.signal)
      if (failure.kind === 'unauthorized' || failure.kind === 'version_mismatch') throw failure
      const known = ['missing_scope', 'plan_gate', 'forbidden'] as const
      const access = known.find((kind) => kind === failure.kind) ?? 'failed'
      return { object, access, message: `${failure.message} ${this.#scopeOf(object) ?? failure.advice}` }
    }
  }

  /** Undefined where there was nothing to try it on. */
  async #try(object: string): Promise<Tried | undefined> {
    const known = this.#tried.get(object)
    if (known) return known
    const asked = this.#ask(object)
    this.#tried.set(object, asked)
    return asked
  }

  async #ask(object: string): Promise<Tried | undefined> {
    const manifest = manifestOf(this.#input.connector, object)
    const { read } = manifest
    if (read.type === 'list') return await this.#askList(read, manifest.checkpoint)
    const parents = await this.#try(read.parent)
    if (read.type === 'derived') {
      const records = parents?.records.flatMap((record) =>
        derivedRecords(read, { record, given: {} }, elementsAt(record, read.at)),
      )
      return records && { records }
    }
    const parent = parents?.records[0]
    if (parent === undefined) return undefined
    const { request, recordsAt, pagination } = read
    const list: ListSpec = { request, recordsAt, pagination: pagination ?? { type: 'none' } }
    const references = this.#references()
    const page = await this.#fetch(list, (name) =>
      name.startsWith('parent.') ? readPath(parent, name.slice('parent.'.length)) : references(name),
    )
    const given = keysFor({ read, parent })
    return { records: page.records.map((record) => withGiven(record, given)) }
  }

  /** Of the last days only, unless the answer says how many there are: then of all, for the same one request. */
  async #askList(read: ListRead, rule: CheckpointRule | undefined): Promise<Tried | undefined> {
    const list = read.pagination.type === 'scroll' ? { ...read, ...read.sample } : read
    // A scroll that was opened for a try would keep a real run waiting.
    if (list.pagination.type === 'scroll') return undefined
    const now = Math.floor(this.#client.gate.serverNow() / 1000)
    const all = rule
      ? planWindows({ rule, checkpoint: undefined, startAt: undefined, now, partitions: 1 }).windows
      : [{}]
    const [window = {}] = tellsTotal(list) && all.length === 1 ? all : [{ after: now - 3 * day, before: now }]
    const known = listReferences(list, rule, window, this.#references())
    const page = await this.#fetch(list, known)
    const fill = filler(list)
    const whole = window === all[0] || !isWindowed(list)
    const count = whole && (list.partitions?.length ?? 1) === 1 ? countOf(list, page) : undefined
    return { records: page.records.map((record) => fill(record, known)), count }
  }

  #references(): References {
    return this.#account.references(new Date().toISOString())
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

const day = 86_400

function tellsTotal({ pagination }: ListSpec): boolean {
  return 'totalAt' in pagination && pagination.totalAt !== undefined
}

function isWindowed({ request }: ListSpec): boolean {
  return mentions(request, 'window.after') || mentions(request, 'window.before')
}

/** What the answer says, or how many it held where it was the whole list; undefined where neither is known. */
function countOf(list: ListSpec, { total, next, records }: Page): number | undefined {
  if (total !== undefined) return Number.isSafeInteger(total) && total >= 0 ? total : undefined
  const { type } = list.pagination
  // These lists end with a page that is not full, which a page of one record says nothing of.
  const endsByLength = type === 'page' || type === 'offset' || type === 'last_record'
  if (next !== undefined || (endsByLength && mentions(list.request, 'page.size'))) return undefined
  return records.length
}
