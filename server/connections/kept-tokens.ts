import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connector } from '@penstock/connectors/read-connector.ts'
import { Secret } from '../egress/secret.ts'
import type { KeepTokens } from '../engine/access-tokens.ts'
import type { SourceConnection } from '../engine/source-connection.ts'
import type { Vault } from '../secrets/vault.ts'
import { lockFile } from './lock-file.ts'

/** A connection whose settings stand in a document. */
interface GivenConnection {
  readonly connector: Pick<Connector, 'name' | 'manifest'>
  readonly connection: SourceConnection
}

/**
 * Refresh tokens that an API replaced, for connections whose settings stand in a document: many APIs let a refresh token be used once
 * only, so what the environment holds is dead after the first run. Sealed, one file for each token that was given; whoever puts a new
 * token into the environment starts anew. All commands of one machine that share the folder share the tokens. A server's saved connections
 * have their own, which are renewed under a lock of its database: a token that is pasted into both belongs to neither alone, and an API that
 * takes a second use for a theft ends it. Authorise twice.
 */
export class KeptTokens {
  readonly #vault: () => Promise<Vault>
  readonly #folder: string
  readonly #given: GivenConnection
  readonly #setting: string

  /** `vault` is opened only where there is something to seal or to open. */
  constructor(vault: () => Promise<Vault>, folder: string, given: GivenConnection) {
    this.#vault = vault
    this.#folder = folder
    this.#given = given
    const way = given.connector.manifest.authentication.find(({ type }) => type === 'oauth2')
    this.#setting = (way?.type === 'oauth2' ? way.refreshToken : undefined) ?? 'refreshToken'
  }

  /** The connection with the newest refresh token that is known for it. */
  async renewed(): Promise<SourceConnection> {
    const { connection } = this.#given
    const refreshToken = await this.#newest()
    if (!refreshToken) return connection
    return { ...connection, settings: new Map([...connection.settings, [this.#setting, refreshToken]]) }
  }

  /** Renews the tokens, one command at a time, with the newest refresh token that any of them got; what it answers is durable first. */
  readonly renew: KeepTokens = async (used, renew, signal) => {
    const name = this.#name
    if (name === undefined) return await renew(used.refreshToken)
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    await using _held = await lockFile(join(this.#folder, `${name}.lock`), signal)
    const tokens = await renew((await this.#newest()) ?? used.refreshToken)
    await this.#keep(name, tokens.refreshToken)
    return tokens
  }

  async #newest(): Promise<Secret | undefined> {
    const name = this.#name
    const sealed = name && (await readFile(join(this.#folder, name), 'utf8').catch(() => undefined))
    if (!name || !sealed) return undefined
    return new Secret(await (await this.#vault()).open(`refresh token:${name}`, sealed))
  }

  async #keep(name: string, refreshToken: Secret): Promise<void> {
    const sealed = await (await this.#vault()).seal(`refresh token:${name}`, refreshToken.reveal())
    const half = join(this.#folder, `${name}.${randomUUID()}`)
    await writeFile(half, sealed, { mode: 0o600, flush: true })
    await rename(half, join(this.#folder, name))
  }

  /** A name that only the given token has, and that does not tell it. */
  get #name(): string | undefined {
    const { connector, connection } = this.#given
    const given = connection.settings.get(this.#setting)
    const text = typeof given === 'object' ? given.reveal() : given
    if (text === undefined) return undefined
    return createHash('sha256')
      .update(`penstock refresh token\0${connector.name}\0${text}`)
      .digest('hex')
      .slice(0, 32)
  }
}
