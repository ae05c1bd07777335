import { hkdfSync, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { HttpClient } from './egress/http-client.ts'
import { systemClock } from './engine/clock.ts'
import type { Environment } from './env.ts'
import { isDatabaseAway } from './is-database-away.ts'
import { errorFields, openLog } from './log.ts'
import type { Log } from './log.ts'
import { openAuth } from './members/auth.ts'
import { outlast } from './outlast.ts'
import type { Patience } from './outlast.ts'
import { PresenceBoard } from './pipelines/presence-board.ts'
import { AccountBudgets } from './runner/account-budgets.ts'
import { openQueue } from './runner/open-queue.ts'
import { ChangeFeed } from './runs/change-feed.ts'
import { loadKeys } from './secrets/load-key.ts'
import { Vault } from './secrets/vault.ts'
import type { Services } from './services.ts'
import { openDatabase } from './store/database.ts'
import { migrateDatabase } from './store/migrate.ts'

type OpenServices = Services & { close(): Promise<void> }

/** Of a process that a machine starts, maybe before the database's machine has begun. */
const startPatience: Patience = { retryMs: 1000, patienceMs: 60_000 }

/** As `openServices`, for a part that goes on running: waits a minute for a database that does not answer yet, and says so. */
export async function openServicesPatiently(env: Environment, databaseUrl: string): Promise<OpenServices> {
  return await openServices(env, databaseUrl, startPatience)
}

/** Opens everything a process needs, on a database that is brought up to date first. Rejects with a sentence for the operator. */
export async function openServices(
  env: Environment,
  databaseUrl: string,
  patience?: Patience,
): Promise<OpenServices> {
  const log = openLog(env.logLevel)
  const keys = await loadKeys(join(env.dataDir, 'secret.key'), env.secretKey)
  await prepareDatabase(databaseUrl, log, patience)
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

async function prepareDatabase(url: string, log: Log, patience?: Patience): Promise<void> {
  const migrate = () => migrateDatabase(url)
  try {
    await migrate()
  } catch (error) {
    if (!patience || !isDatabaseAway(error)) throw error
    log.warn('database.away', { waitsSeconds: patience.patienceMs / 1000, ...errorFields(error) })
    await outlast(migrate, patience)
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
