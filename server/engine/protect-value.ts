import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { SensitiveKind } from '@penstock/schemas/generated/record.ts'
import { isRawNumber, type Json } from './read-path.ts'

/**
 * Turns personal values into tokens: `h1:` and 43 characters of base64url, an HMAC-SHA-256 under the workspace's key.
 * Equal values of one kind give equal tokens, in every table and every run, so they still join; values of different kinds
 * never do. Without the key nobody can try out all phone numbers of a country.
 */
export class Pseudonymiser {
  readonly #key: KeyObject

  /** `key`: 32 bytes. Held as a key object: handing the bytes to every call costs seven times as much. */
  constructor(key: Buffer) {
    this.#key = createSecretKey(key)
  }

  /** The token of a scalar. null stays null and '' stays '': an empty value has no identity. */
  token(kind: SensitiveKind, value: string | number | boolean | { readonly rawJSON: string }): string {
    if (value === '') return ''
    const hmac = createHmac('sha256', this.#key)
    return `h1:${hmac.update(material(kind, value)).digest('base64url')}`
  }
}

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
