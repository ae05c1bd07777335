import { randomUUID } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { checkAndClose } from '../destinations/check-and-close.ts'
import { DomainError } from '../domain-error.ts'
import { readConnectionUrl } from '../destinations/postgres/connection-options.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { insertConnection } from '../store/connection-rows.ts'
import { destinationResult } from './check-result.ts'
import type { CheckResult } from './check-result.ts'
import { splitSettings } from './check-settings.ts'
import type { SettingRule, SplitSettings } from './check-settings.ts'
import { describeConnection } from './describe-connection.ts'
import type { ConnectionDescription } from './describe-connection.ts'
import { describeDestination } from './describe-connector.ts'
import { confineSettings, destinationTypeNamed } from './load-destination.ts'
import type { LoadedDestination } from './load-destination.ts'
import { sealSecrets } from './open-secrets.ts'
import { acceptPlace } from './require-connection.ts'

/** Where a destination is tried before any pipeline has named a schema. Nothing is left there. */
export const trialNamespace = 'penstock_check'

export interface NewDestination {
  readonly type: string
  readonly name: string
  readonly projectId?: string | null | undefined
  readonly settings: Readonly<Record<string, string>>
}

/**
 * Keeps a destination in which tables can be made and written. Throws `INVALID` with what was found (`details.check`) where they cannot:
 * nothing is kept then.
 */
export async function createDestination(actor: Actor, input: NewDestination): Promise<ConnectionDescription> {
  const split = splitSettings(destinationRules(input.type), input.settings)
  await actor.transaction((tx) => acceptPlace(tx, actor, input))
  const check = await insistOnWorking(actor, input.type, split)
  const id = randomUUID()
  const secrets = await sealSecrets(actor.services.vault, id, split.secrets)
  return await actor.transaction(async (tx) => {
    await acceptPlace(tx, actor, input)
    const account = describeTarget(input.type, split)
    const row = await insertConnection(tx, {
      id,
      workspaceId: actor.workspaceId,
      projectId: input.projectId ?? null,
      kind: 'destination',
      connector: input.type,
      name: input.name,
      settings: split.settings,
      secrets,
      method: 'settings',
      accountName: account['name'] ?? null,
      account,
      state: 'healthy',
      checkedAt: new Date(check.at),
      checkResult: check,
      createdBy: actor.userId,
    })
    await recordAudit(tx, actor, {
      action: 'connection.create',
      subject: { type: 'connection', id, name: row.name },
      after: { destination: row.connector, where: row.accountName },
    })
    return await describeConnection(tx, actor, row)
  })
}

/** What a type of destination asks for. Throws `NOT_FOUND`. */
export function destinationRules(type: string): readonly SettingRule[] {
  return describeDestination(type, destinationTypeNamed(type)).settings
}

/** Tries a destination with settings that are not kept yet. Throws `INVALID` where a run could not write. */
export async function insistOnWorking(
  actor: Actor,
  type: string,
  split: SplitSettings,
): Promise<CheckResult> {
  const destination = await (await unsavedDestination(actor, type, split)).open(trialNamespace)
  const check = destinationResult(await checkAndClose(destination), new Date())
  const wrong = check.findings?.find(({ ok }) => !ok)
  if (!check.ok)
    throw new DomainError('INVALID', wrong?.message ?? 'The destination cannot be used.', {
      details: { check },
    })
  return check
}

/** A destination with settings that are not kept yet, ready to be opened. Throws as `confineSettings`. */
export async function unsavedDestination(
  actor: Actor,
  type: string,
  split: SplitSettings,
): Promise<Pick<LoadedDestination, 'open'>> {
  const texts = new Map(Object.entries(split.settings))
  for (const [name, secret] of split.secrets) texts.set(name, secret.reveal())
  const settings = await confineSettings(actor, type, texts)
  return { open: (namespace) => destinationTypeNamed(type).open(settings, namespace) }
}

/** What may be shown of where a destination is: host and database, or the file. Never the password. */
export function describeTarget(type: string, { settings, secrets }: SplitSettings): Record<string, string> {
  const url = secrets.get('url')
  if (type === 'postgres' && url) {
    const { host, port, database, user } = readConnectionUrl(url.reveal())
    const name = `${host}:${port}/${database}`
    return { id: name, name, user }
  }
  const path = settings['path'] ?? ''
  return { id: path, name: path }
}
