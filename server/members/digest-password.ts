import { hashPassword } from 'better-auth/crypto'

/** What is stored of a password, as the sign-in library compares it: scrypt with a salt of its own. Takes about 0.1 s, on purpose. */
export async function digestPassword(password: string): Promise<string> {
  return await hashPassword(password)
}
