import { createHmac } from 'node:crypto'
import { PrivateAddress } from '../egress/public-addresses.ts'
import { sendMail } from '../egress/send-mail.ts'
import type { Services } from '../services.ts'
import type { ChannelRow } from '../store/alert-channel-rows.ts'
import type { DueDelivery } from '../store/alert-delivery-rows.ts'
import { noticeText } from './notice-text.ts'

/** How sending ended, in a sentence for the people of the workspace where it did not go well. */
export type Sent = { readonly ok: true } | { readonly ok: false; readonly why: string }

const patienceMs = 10_000

/** Sends a notice to its channel, once. Never rejects. What the other side answers is not kept: it is not ours. */
export async function sendNotice(services: Services, due: DueDelivery): Promise<Sent> {
  try {
    switch (due.channel.kind) {
      case 'email':
        return await mail(services, due)
      case 'slack':
        return await post(services, due, JSON.stringify({ text: slackText(services, due) }))
      case 'webhook':
        return await post(services, due, JSON.stringify(webhookBody(services, due)))
    }
  } catch (error) {
    return { ok: false, why: explain(error, due.channel) }
  }
}

/** What a channel's secret is sealed for. */
export function channelSecretUse(channelId: string, name: 'url' | 'signingSecret'): string {
  return `alertChannel:${channelId}:${name}`
}

/** The signature of a webhook's body at a moment: HMAC-SHA-256 in hex of `<timestamp>.<body>`, after the version of this rule. */
export function signWebhook(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
}

async function mail({ env }: Services, due: DueDelivery): Promise<Sent> {
  if (!env.smtp) return { ok: false, why: 'No mail server is set for this installation.' }
  const { subject, text, link } = noticeText(due, env.publicUrl)
  await sendMail(env.smtp, {
    to: due.channel.target,
    subject,
    text: `${text}\n\n${link}\n\nWorkspace: ${due.workspaceName}\n`,
  })
  return { ok: true }
}

/** Names that people chose must not speak to Slack: these three signs are all of its grammar that matters. */
function slackText({ env }: Services, due: DueDelivery): string {
  const { subject, text, link } = noticeText(due, env.publicUrl)
  const plain = (words: string) =>
    words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `*${plain(subject)}*\n${plain(text)}\n<${link}>`
}

function webhookBody({ env }: Services, due: DueDelivery) {
  const { delivery, alert, workspaceName } = due
  const { text, link } = noticeText(due, env.publicUrl)
  return {
    id: delivery.id,
    notice: delivery.notice,
    kind: alert?.kind ?? 'test',
    alertId: alert?.id ?? null,
    workspace: { id: delivery.workspaceId, name: workspaceName },
    subject: alert && { type: alert.subjectType, id: alert.subjectId, name: alert.subjectName },
    runId: alert?.runId ?? null,
    message: text,
    link,
    openedAt: alert?.openedAt.toISOString() ?? null,
    closedAt: alert?.closedAt?.toISOString() ?? null,
  }
}

async function post(services: Services, { channel, delivery }: DueDelivery, body: string): Promise<Sent> {
  const url = new URL(await openSecret(services, channel, 'url'))
  const timestamp = String(Math.floor(services.clock.now() / 1000))
  const signature =
    channel.kind === 'webhook'
      ? signWebhook(await openSecret(services, channel, 'signingSecret'), timestamp, body)
      : undefined
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Penstock',
    ...(signature === undefined
      ? {}
      : {
          'x-penstock-timestamp': timestamp,
          'x-penstock-signature': signature,
          'x-penstock-delivery': delivery.id,
        }),
  }
  const { status } = await services.http.send(
    { method: 'POST', url, headers, body, timeoutMs: patienceMs },
    AbortSignal.timeout(2 * patienceMs),
  )
  return status >= 200 && status < 300
    ? { ok: true }
    : { ok: false, why: `${channel.target} answered ${status}.` }
}

async function openSecret(
  { vault }: Services,
  { id, secrets }: ChannelRow,
  name: 'url' | 'signingSecret',
): Promise<string> {
  const sealed = secrets[name]
  if (sealed === undefined) throw new Error(`The channel has no ${name}.`)
  return await vault.open(channelSecretUse(id, name), sealed)
}

function explain(error: unknown, { kind, target }: ChannelRow): string {
  if (kind === 'email') return 'The mail server did not take it.'
  if (causes(error).some((cause) => cause instanceof PrivateAddress))
    return `${target} is not on the public internet, and the operator has not allowed it.`
  return `${target} did not answer.`
}

function causes(error: unknown): unknown[] {
  return error instanceof Error && error.cause !== undefined ? [error, ...causes(error.cause)] : [error]
}
