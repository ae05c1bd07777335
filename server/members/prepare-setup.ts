import type { Services } from '../services.ts'
import { isSetupNeeded } from '../store/member-rows.ts'
import { storeSetupToken } from '../store/setup-rows.ts'
import { hashToken, newToken } from './one-time-token.ts'

/**
 * The one-time token that makes the first admin, to be printed where only the operator reads it. Only its digest is kept, so each start
 * makes a new one and the one before no longer works. Undefined once anybody exists.
 */
export async function prepareSetup(services: Services): Promise<string | undefined> {
  return await services.database.asSystem(async (tx) => {
    if (!(await isSetupNeeded(tx))) return undefined
    const token = newToken()
    await storeSetupToken(tx, hashToken(token))
    return token
  })
}
