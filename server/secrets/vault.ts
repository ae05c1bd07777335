import { createHash } from 'node:crypto'
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, errors } from 'jose'
import { deriveSealingKey } from './load-key.ts'

/** Why a sealed value did not open. The sentence never holds any of it. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
  /** unknown_key: sealed under a key that is not in the ring. wrong_use: sealed for something else. damaged: altered, or not ours. */
  readonly reason: 'unknown_key' | 'wrong_use' | 'damaged'

  constructor(reason: SealBroken['reason'], sentence: string) {
    super(sentence)
    this.reason = reason
  }
}

/**
 * Seals secrets at rest: JWE compact (RFC 7516), `dir` with A256GCM, under a ring of keys. The newest key seals, every key opens,
 * so a key is changed by putting the new one first and sealing again what `isStale` finds.
 *
 * A sealed value is bound to its use, for instance `connection:42:accessToken`: the use stands in the authenticated header, and a
 * value that was moved to another row does not open there.
 */
export class Vault {
  readonly #keys: ReadonlyMap<string, Buffer>
  readonly #newest: string

  /** `keys`: the ring of the workspace, newest first; at least one. */
  constructor(keys: readonly Buffer[]) {
    const [newest] = keys
    if (newest === undefined) throw new SealBroken('unknown_key', 'The key ring is empty.')
    this.#keys = new Map(keys.map((key) => [keyId(key), deriveSealingKey(key)]))
    this.#newest = keyId(newest)
  }

  /** The text sealed, as ASCII that is safe in a row or a file. The same text never seals to the same value twice. */
  async seal(use: string, text: string): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: this.#newest, use })
      .encrypt(this.#key(this.#newest))
  }

  /** The text that was sealed for this use. Rejects with `SealBroken`. */
  async open(use: string, sealed: string): Promise<string> {
    const { plaintext, protectedHeader } = await this.#decrypt(sealed)
    if (protectedHeader['use'] !== use)
      throw new SealBroken('wrong_use', 'This secret was sealed for something else.')
    return new TextDecoder().decode(plaintext)
  }

  /** True where an older key sealed it: open it and seal it again. */
  isStale(sealed: string): boolean {
    try {
      return decodeProtectedHeader(sealed).kid !== this.#newest
    } catch {
      throw new SealBroken('damaged', 'This is not a sealed secret.')
    }
  }

  /** Whether there are older keys, under which something may still be sealed. */
  get hasOlderKeys(): boolean {
    return this.#keys.size > 1
  }

  /** The same text for the same use, sealed under the newest key. Rejects with `SealBroken`. */
  async reseal(sealed: string): Promise<string> {
    const { plaintext, protectedHeader } = await this.#decrypt(sealed)
    const use = protectedHeader['use']
    if (typeof use !== 'string') throw new SealBroken('damaged', 'This secret does not say what it is for.')
    return await this.seal(use, new TextDecoder().decode(plaintext))
  }

  async #decrypt(sealed: string): ReturnType<typeof compactDecrypt> {
    try {
      return await compactDecrypt(sealed, ({ kid }) => this.#key(kid ?? ''), {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
    } catch (error) {
      if (error instanceof errors.JOSEError)
        throw new SealBroken('damaged', 'This secret was altered, or sealed elsewhere.')
      throw error
    }
  }

  #key(id: string): Buffer {
    const key = this.#keys.get(id)
    if (key === undefined)
      throw new SealBroken('unknown_key', 'The key that sealed this secret is not in the key ring.')
    return key
  }
}

/** Names a key without telling of it: 48 bits of a digest under a label of its own. */
function keyId(key: Buffer): string {
  return createHash('sha256').update('penstock key id v1').update(key).digest('base64url').slice(0, 8)
}
