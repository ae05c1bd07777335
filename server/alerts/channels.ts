import { randomBytes, randomUUID } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { isListedHost } from '../egress/allowed-hosts.ts'
import { recordAudit } from '../store/audit-rows.ts'
import {
  deleteChannel,
  findChannel,
  insertChannel,
  listChannels as readChannels,
  updateChannel as writeChannel,
} from '../store/alert-channel-rows.ts'
import type { ChannelRow } from '../store/alert-channel-rows.ts'
import type { AlertKind } from '../store/tables/alerts.ts'
import { channelSecretUse } from './send-notice.ts'

/** Where alerts go: never the whole address of a hook, which is a secret. */
export interface Channel {
  readonly id: string
  readonly kind: 'email' | 'slack' | 'webhook'
  readonly name: string
  /** An e-mail address, or the host of a hook. */
  readonly target: string
  readonly kinds: AlertKind[]
  readonly enabled: boolean
}

/** The workspace's channels, by name. */
export async function listChannels(actor: Actor): Promise<{ items: Channel[] }> {
  const rows = await actor.transaction((tx) => readChannels(tx, actor.workspaceId))
  return {
    items: rows.map(({ id, kind, name, target, kinds, enabled }) => ({
      id,
      kind,
      name,
      target,
      kinds: [...kinds],
      enabled,
    })),
  }
}

export interface NewChannel {
  readonly kind: Channel['kind']
  readonly name: string
  /** An e-mail address, or the URL of a hook. */
  readonly target: string
  /** What a webhook's body is signed with; one is made where none is given. */
  readonly secret?: string | undefined
  readonly kinds: readonly AlertKind[]
}

/**
 * Adds a place that alerts go to. The answer holds a webhook's signing secret, this once. Throws `INVALID` for an address that cannot be,
 * and for e-mail where the operator set no mail server.
 */
export async function createChannel(
  actor: Actor,
  input: NewChannel,
): Promise<{ id: string; secret: string | null }> {
  const id = randomUUID()
  const { target, url } = judgeTarget(actor, input)
  const secret = input.kind === 'webhook' ? (input.secret ?? randomBytes(32).toString('base64url')) : null
  const { vault } = actor.services
  const secrets = {
    ...(url === undefined ? {} : { url: await vault.seal(channelSecretUse(id, 'url'), url.href) }),
    ...(secret === null
      ? {}
      : { signingSecret: await vault.seal(channelSecretUse(id, 'signingSecret'), secret) }),
  }
  const { kind, name, kinds } = input
  await actor.transaction(async (tx) => {
    await insertChannel(tx, { id, workspaceId: actor.workspaceId, kind, name, target, secrets, kinds })
    const subject = { type: 'alertChannel', id, name }
    await recordAudit(tx, actor, { action: 'alertChannel.create', subject, after: { kind, target, kinds } })
  })
  return { id, secret: input.secret === undefined ? secret : null }
}

export interface ChannelPatch {
  readonly id: string
  readonly name?: string | undefined
  readonly kinds?: readonly AlertKind[] | undefined
  readonly enabled?: boolean | undefined
}

/** Changes what is named. An address does not change: that is another channel. Throws `NOT_FOUND`. */
export async function updateChannel(actor: Actor, { id, ...input }: ChannelPatch): Promise<void> {
  await actor.transaction(async (tx) => {
    const row = found(await findChannel(tx, actor.workspaceId, id))
    const { name, kinds, enabled } = row
    const after = { name: input.name ?? name, kinds: input.kinds ?? kinds, enabled: input.enabled ?? enabled }
    await writeChannel(tx, actor.workspaceId, id, after)
    const subject = { type: 'alertChannel', id, name: after.name }
    await recordAudit(tx, actor, {
      action: 'alertChannel.update',
      subject,
      before: { name, kinds, enabled },
      after,
    })
  })
}

/** Removes a channel, with what is on its way to it. Throws `NOT_FOUND`. */
export async function removeChannel(actor: Actor, { id }: { readonly id: string }): Promise<void> {
  await actor.transaction(async (tx) => {
    const { name } = found(await findChannel(tx, actor.workspaceId, id))
    await deleteChannel(tx, actor.workspaceId, id)
    await recordAudit(tx, actor, {
      action: 'alertChannel.remove',
      subject: { type: 'alertChannel', id, name },
    })
  })
}

/** The row, where there is one; else `NOT_FOUND`. */
export function found(row: ChannelRow | undefined): ChannelRow {
  if (!row) throw new DomainError('NOT_FOUND', 'There is no such alert channel.')
  return row
}

function judgeTarget({ services }: Actor, { kind, target }: NewChannel): { target: string; url?: URL } {
  if (kind === 'email') {
    if (!services.env.smtp)
      throw new DomainError('INVALID', 'No mail server is set: the operator sets SMTP_URL.')
    if (!/^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(target))
      throw new DomainError('INVALID', 'This is not an e-mail address.')
    return { target }
  }
  if (!URL.canParse(target)) throw new DomainError('INVALID', 'This is not the URL of a hook.')
  const url = new URL(target)
  const plain = url.protocol === 'http:' && isListedHost(url, services.http.allowedHosts)
  if (url.protocol !== 'https:' && !plain)
    throw new DomainError('INVALID', 'The URL of a hook begins with https://.')
  if (url.username !== '' || url.password !== '')
    throw new DomainError('INVALID', 'The URL of a hook must not carry a name or a password.')
  return { target: url.host, url }
}
