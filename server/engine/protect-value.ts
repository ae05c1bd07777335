import { hash } from 'node:crypto'
import type { SensitiveKind } from '@penstock/schemas/generated/record.ts'
import { isRawNumber, type Json } from './read-path.ts'

/**
 * Turns personal values into tokens: `h1:` and 43 characters of base64url, an HMAC-SHA-256 under the workspace's key. The
 * number is the key's version.
 * Equal values of one kind give equal tokens, in every table and every run, so they still join; values of different kinds
 * never do. Without the key nobody can try out all phone numbers of a country.
 */
export class Pseudonymiser {
  readonly #inner = Buffer.alloc(64 + longest, 0x36)
  readonly #outer = Buffer.alloc(64 + 32, 0x5c)

  readonly #prefix: string

  /** `key`: 32 bytes. `version`: which of the workspace's keys it is; those of a command line have one only. */
  constructor(key: Buffer, version = 1) {
    this.#prefix = `h${version}:`
    for (const [place, byte] of key.entries()) {
      this.#inner[place] = byte ^ 0x36
      this.#outer[place] = byte ^ 0x5c
    }
  }

  /** The token of a scalar. null stays null and '' stays '': an empty value has no identity. */
  token(kind: SensitiveKind, value: string | number | boolean | { readonly rawJSON: string }): string {
    return value === '' ? '' : this.#prefix + this.#hmac(material(kind, value))
  }

  /** HMAC-SHA-256 as RFC 2104 writes it, out of two plain hashes: half the cost of an Hmac object for each value. */
  #hmac(text: string): string {
    const length = text.length * 3
    const message = length <= longest ? this.#inner : Buffer.alloc(64 + length)
    if (message !== this.#inner) this.#inner.copy(message, 0, 0, 64)
    const end = 64 + message.write(text, 64, 'utf8')
    this.#outer.write(hash('sha256', message.subarray(0, end), 'binary'), 64, 'binary')
    return hash('sha256', this.#outer, 'base64url')
  }
}

/** The longest text that needs no buffer of its own, in bytes. */
const longest = 4096

/** What is hashed: the kind, the JSON type, and the canonical form. NUL cannot occur in the first two. */
function material(kind: SensitiveKind, value: Exclude<Json, null>): string {
  if (typeof value === 'string') return `${kind}\0string\0${canonical(kind, value)}`
  if (isRawNumber(value)) return `${kind}\0number\0${value.rawJSON}`
  return `${kind}\0${typeof value}\0${String(value)}`
}

/** One spelling for each identity. A value that would vanish altogether is taken as it is. */
function canonical(kind: SensitiveKind, value: string): string {
  if (kind === 'email') return value.normalize('NFC').trim().toLowerCase() || value
  if (kind === 'phone') return value.replaceAll(/[^+\d]/g, '') || value.normalize('NFC')
  return value.normalize('NFC')
}
