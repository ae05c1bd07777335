import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { holdConnector } from '../store/connector-rows.ts'
import type { Tx } from '../store/database.ts'
import { findInstalled } from './find-manifest.ts'
import type { KnownConnector } from './open-own-connector.ts'

/**
 * A secret is about to be kept for a connector: it stays until the transaction ends. Throws `CONFLICT` where it was removed meanwhile, so that
 * no secret waits for whoever makes another one of that name.
 */
export async function insistOnConnector(
  tx: Tx,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  { name }: Pick<KnownConnector, 'name'>,
): Promise<void> {
  if (await holdConnector(tx, workspaceId, name)) return
  const installed = await findInstalled(name).catch(() => undefined)
  if (!installed) throw new DomainError('CONFLICT', `The connector ${name} was removed meanwhile.`)
}
