import type { Actor } from '../actor.ts'
import type { FindBudget } from '../engine/shared-budget.ts'
import type { KnownConnector } from './open-own-connector.ts'

/**
 * A connector's name among all workspaces. Two of them may call connectors of their own the same, and those have nothing to do with each other.
 */
export function sharingName(workspaceId: string, { name, version }: KnownConnector): string {
  return version === undefined ? name : `${workspaceId}/${name}`
}

/** The API budgets of a connector's accounts, which runs on all workers use, too. */
export function findBudget(
  { workspaceId, services }: Pick<Actor, 'workspaceId' | 'services'>,
  connector: KnownConnector,
): FindBudget {
  return services.budgets.find(sharingName(workspaceId, connector))
}
