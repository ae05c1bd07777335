import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAct } from '../pipelines/record-act.ts'
import { deleteConnector, listSecretHolders } from '../store/connector-rows.ts'
import { pinConnector } from '../store/connector-use-rows.ts'
import { connectorSubject, requireOwn } from './require-own.ts'

/**
 * Removes a connector of the workspace's own, its draft and all its versions. Throws `CONFLICT` while a connection or an OAuth profile holds a
 * secret that was given for it (`details.usedBy`, `details.profiles`): whoever makes another one of that name must not get that secret.
 */
export async function removeConnector(
  actor: Actor,
  { name }: { readonly name: string },
): Promise<{ readonly name: string }> {
  await actor.transaction(async (tx) => {
    const row = await requireOwn(tx, actor, name, 'lock')
    const { connections, profiles } = await listSecretHolders(tx, actor.workspaceId, name)
    const holders = [...connections, ...profiles].map((one) => `“${one.name}”`)
    if (holders.length > 0)
      throw new DomainError(
        'CONFLICT',
        `${name} is used by ${holders.join(', ')}. Remove the connections and OAuth profiles that were made for it first.`,
        { details: { usedBy: connections, profiles } },
      )
    // Whoever makes another one of that name begins with version 1 again.
    await pinConnector(tx, actor.workspaceId, { connector: name, version: null })
    await deleteConnector(tx, actor.workspaceId, name)
    await recordAct(tx, actor, {
      action: 'connector.remove',
      subject: connectorSubject(name),
      before: { version: row.publishedVersion, revision: row.revision },
    })
  })
  return { name }
}
