import type { Services } from '../services.ts'
import { errorFields } from '../log.ts'
import { listSealedValues, replaceSealedValue, sealedColumns } from '../store/sealed-rows.ts'
import type { Vault } from './vault.ts'

/** What a sealed secret looks like: a JWE of five parts, whose second is empty as the key is ours. */
const sealedText = /^eyJ[\w-]+\.\.[\w-]+\.[\w-]*\.[\w-]+$/

/**
 * Seals under the newest key whatever an older one sealed, so that the older one can be taken out of the ring. Answers how many rows it
 * changed. Every process may call it at its start; where somebody changes a secret meanwhile, theirs stands. A value whose key is not in
 * the ring stays as it is, and is logged.
 */
export async function resealSecrets({ database, vault, log }: Services): Promise<number> {
  if (!vault.hasOlderKeys) return 0
  let changed = 0
  for (const place of sealedColumns) {
    const values = await database.asSystem((tx) => listSealedValues(tx, place))
    for (const before of values) {
      try {
        const after = await resealInside(vault, before.value)
        if (
          after !== undefined &&
          (await database.asSystem((tx) => replaceSealedValue(tx, place, before, after)))
        )
          changed += 1
      } catch (error) {
        log.error('secret.unreadable', { table: place.table, id: before.id, ...errorFields(error) })
      }
    }
  }
  if (changed > 0) log.info('secrets.resealed', { rows: changed })
  return changed
}

/** The value with everything stale in it sealed anew; undefined: nothing was. */
async function resealInside(vault: Vault, value: unknown): Promise<unknown> {
  if (typeof value === 'string')
    return sealedText.test(value) && vault.isStale(value) ? await vault.reseal(value) : undefined
  if (typeof value !== 'object' || value === null) return undefined
  const entries = await Promise.all(
    Object.entries(value).map(
      async ([key, inner]) => [key, inner, await resealInside(vault, inner)] as const,
    ),
  )
  if (entries.every(([, , after]) => after === undefined)) return undefined
  const pairs = entries.map(([key, before, after]) => [key, after ?? before] as const)
  return Array.isArray(value) ? pairs.map(([, inner]) => inner) : Object.fromEntries(pairs)
}
