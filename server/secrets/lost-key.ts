import { SealBroken } from './vault.ts'

/** What to do where a secret was sealed under a key that the ring does not have; undefined for any other error. */
export function explainLostKey(
  error: unknown,
): { readonly message: string; readonly advice: string } | undefined {
  if (!(error instanceof SealBroken) || error.reason !== 'unknown_key') return undefined
  return {
    message: 'The key that sealed this secret is not in the key ring of this Penstock.',
    advice:
      'Its operator puts the key back into the ring. Where it is lost: connect the accounts and databases again, and let an admin rotate the hash key.',
  }
}
