import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Secret } from '../egress/secret.ts'
import type { TokenPair } from '../engine/access-tokens.ts'
import type { SourceConnection } from '../engine/source-connection.ts'
import type { Vault } from '../secrets/vault.ts'

/**
 * Refresh tokens that an API replaced, for connections whose settings stand in a document: many APIs let a refresh token be used once
 * only, so what the environment holds is dead after the first run. Sealed, one file for each token that was given; whoever puts a new
 * token into the environment starts anew.
 */
export class KeptTokens {
  readonly #vault: () => Promise<Vault>
  readonly #folder: string

  /** `vault` is opened only where there is something to seal or to open. */
  constructor(vault: () => Promise<Vault>, folder: string) {
    this.#vault = vault
    this.#folder = folder
  }

  /** The connection with the newest refresh token that is known for it. */
  async renewed(connector: string, connection: SourceConnection): Promise<SourceConnection> {
    const name = nameOf(connector, connection)
    const sealed = name && (await readFile(join(this.#folder, name), 'utf8').catch(() => undefined))
    if (!name || !sealed) return connection
    const refreshToken = await (await this.#vault()).open(`refresh token:${name}`, sealed)
    return {
      ...connection,
      settings: new Map([...connection.settings, ['refreshToken', new Secret(refreshToken)]]),
    }
  }

  /** Keeps a refresh token that replaces the one a connection was given. Durable when it resolves. */
  async keep(
    connector: string,
    given: SourceConnection,
    tokens: Pick<TokenPair, 'refreshToken'>,
  ): Promise<void> {
    const name = nameOf(connector, given)
    if (!name) return
    const sealed = await (await this.#vault()).seal(`refresh token:${name}`, tokens.refreshToken.reveal())
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const half = join(this.#folder, `${name}.${randomUUID()}`)
    await writeFile(half, sealed, { mode: 0o600, flush: true })
    await rename(half, join(this.#folder, name))
  }
}

/** A name that only the given token has, and that does not tell it. */
function nameOf(connector: string, { settings }: SourceConnection): string | undefined {
  const given = settings.get('refreshToken')
  const text = typeof given === 'object' ? given.reveal() : given
  if (text === undefined) return undefined
  return createHash('sha256')
    .update(`penstock refresh token\0${connector}\0${text}`)
    .digest('hex')
    .slice(0, 32)
}
