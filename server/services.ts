import type { HttpClient } from './egress/http-client.ts'
import type { Clock } from './engine/clock.ts'
import type { Environment } from './env.ts'
import type { Log } from './log.ts'
import type { Auth } from './members/auth.ts'
import type { PresenceBoard } from './pipelines/presence-board.ts'
import type { AccountBudgets } from './runner/account-budgets.ts'
import type { RunQueue } from './runner/run-queue.ts'
import type { ChangeFeed } from './runs/change-feed.ts'
import type { Vault } from './secrets/vault.ts'
import type { Database } from './store/database.ts'

/** What a process of Penstock is made of, opened once in main.ts and passed down. */
export interface Services {
  readonly env: Environment
  readonly database: Database
  /** Seals and opens the secrets of connections, profiles, channels and workspaces. */
  readonly vault: Vault
  readonly auth: Auth
  /** The one way out to APIs. */
  readonly http: HttpClient
  readonly queue: RunQueue
  /** The API budgets of accounts, which all processes share. */
  readonly budgets: Pick<AccountBudgets, 'find'>
  /** What workers and people announce, for those who watch. */
  readonly changes: ChangeFeed
  /** Who has which pipeline open. */
  readonly presence: PresenceBoard
  readonly log: Log
  readonly clock: Clock
}
