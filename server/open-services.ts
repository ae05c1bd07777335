import { hkdfSync, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { HttpClient } from './egress/http-client.ts'
import { systemClock } from './engine/clock.ts'
import type { Environment } from './env.ts'
import { openLog } from './log.ts'
import { openAuth } from './members/auth.ts'
import { PresenceBoard } from './pipelines/presence-board.ts'
import { AccountBudgets } from './runner/account-budgets.ts'
import { openQueue } from './runner/open-queue.ts'
import { ChangeFeed } from './runs/change-feed.ts'
import { loadKeys } from './secrets/load-key.ts'
import { Vault } from './secrets/vault.ts'
import type { Services } from './services.ts'
import { openDatabase } from './store/database.ts'
import { migrateDatabase } from './store/migrate.ts'

/** Opens everything a process needs, on a database that is brought up to date first. Rejects with a sentence for the operator. */
export async function openServices(
  env: Environment,
  databaseUrl: string,
): Promise<Services & { close(): Promise<void> }> {
  const log = openLog(env.logLevel)
  const keys = await loadKeys(join(env.dataDir, 'secret.key'), env.secretKey)
  await migrateDatabase(databaseUrl)
  const database = openDatabase(databaseUrl)
  const queue = await openQueue(database, log)
  const changes = new ChangeFeed(database, log)
  const presence = new PresenceBoard(database, log, systemClock)
  const budgets = new AccountBudgets({ database, log }, `${hostname()}/${process.pid}/${randomUUID()}`)
  const sandboxHost = env.sandboxUrl === undefined ? [] : [new URL(env.sandboxUrl).host]
  const http = new HttpClient({ allowedHosts: [...env.allowedHosts, ...sandboxHost] })
  return {
    env,
    database,
    vault: new Vault(keys),
    auth: openAuth({ database, secret: cookieSecret(keys), baseUrl: env.publicUrl, log }),
    http,
    queue,
    budgets,
    changes,
    presence,
    log,
    clock: systemClock,
    close: async () => {
      await changes.close()
      await presence.close()
      await queue.close()
      await budgets.close()
      await http.close()
      await database.close()
    },
  }
}

/** From the oldest key, so that putting a newer one before it signs nobody out. */
function cookieSecret(keys: readonly Buffer[]): string {
  const oldest = keys.at(-1)
  if (!oldest) throw new Error('The key ring is empty.')
  return Buffer.from(hkdfSync('sha256', oldest, Buffer.alloc(0), 'penstock cookies v1', 32)).toString(
    'base64url',
  )
}
