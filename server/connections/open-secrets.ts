import { Secret } from '../egress/secret.ts'
import type { Vault } from '../secrets/vault.ts'
import type { ConnectionRow } from '../store/connection-rows.ts'
import { connectionSecretUse } from './secret-use.ts'

/** A connection's settings, the sealed ones opened: by name, a `Secret` for each that is one. */
export async function openSecrets(
  vault: Vault,
  { id, settings, secrets }: Pick<ConnectionRow, 'id' | 'settings' | 'secrets'>,
): Promise<Map<string, string | Secret>> {
  const opened = new Map<string, string | Secret>(Object.entries(settings))
  for (const [name, sealed] of Object.entries(secrets))
    opened.set(name, new Secret(await vault.open(connectionSecretUse(id, name), sealed)))
  return opened
}

/** Secrets as they are stored: sealed for their connection and their name. */
export async function sealSecrets(
  vault: Vault,
  connectionId: string,
  secrets: ReadonlyMap<string, Secret>,
): Promise<Record<string, string>> {
  const sealed: Record<string, string> = {}
  for (const [name, secret] of secrets)
    sealed[name] = await vault.seal(connectionSecretUse(connectionId, name), secret.reveal())
  return sealed
}
