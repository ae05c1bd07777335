import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits in base64url: 43 characters that nobody guesses. Shown once; only its digest is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token: SHA-256 in hex. Tokens are looked up by it, so that how long a look-up takes tells nothing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
