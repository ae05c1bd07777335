import { randomUUID } from 'node:crypto'
import { deliverAlerts } from '@penstock/server/alerts/deliver-alerts.ts'
import { evaluateAlerts } from '@penstock/server/alerts/evaluate-alerts.ts'
import type { AlertKind } from '@penstock/server/store/tables/alerts.ts'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'
import { openHookReceiver, openMailBox } from './receive-notices.ts'
import type { HookReceiver, MailBox } from './receive-notices.ts'

/** A server with a mail server and a receiver of hooks beside it, and ways to make something go wrong. */
export class AlertRig {
  readonly server: TestServices
  readonly mail: MailBox
  readonly hook: HookReceiver

  private constructor(server: TestServices, mail: MailBox, hook: HookReceiver) {
    this.server = server
    this.mail = mail
    this.hook = hook
  }

  static async start(): Promise<AlertRig> {
    const mail = await openMailBox()
    const hook = await openHookReceiver()
    const server = await startServices({
      SMTP_URL: mail.url,
      SMTP_FROM: 'penstock@example.com',
      PENSTOCK_ALLOWED_HOSTS: hook.host,
      PENSTOCK_URL: 'https://penstock.example.com',
    })
    return new AlertRig(server, mail, hook)
  }

  async close(): Promise<void> {
    await this.server.close()
    await this.hook.close()
    await this.mail.close()
  }

  async clear(): Promise<void> {
    const { sql } = this.server.database
    for (const table of ['alert_deliveries', 'alerts', 'alert_channels', 'pipelines', 'connections'])
      await sql.unsafe(`delete from ${table}`)
    this.hook.received.length = 0
    this.hook.answerWith(200)
  }

  get alerts() {
    return this.server.here.admin.api.alerts
  }

  async look(now = Date.now()): Promise<void> {
    await evaluateAlerts(this.server.services, now)
  }

  async send(now = Date.now()): Promise<void> {
    await deliverAlerts(this.server.services, now)
  }

  /** What is open, in words. */
  async open(): Promise<string[]> {
    const { items } = await this.alerts.open()
    return items.map(({ kind, subject }) => `${kind}: ${subject}`)
  }

  /** A signed webhook to our own receiver. */
  async channel(kinds: AlertKind[] = ['run_failed']): Promise<{ id: string; secret: string | null }> {
    return await this.alerts.createChannel({
      kind: 'webhook',
      name: 'ops',
      target: `${this.hook.url}/secret-path`,
      kinds,
    })
  }

  async pipeline(name: string, schedule?: Readonly<Record<string, string>>): Promise<string> {
    const { sql } = this.server.database
    const id = randomUUID()
    const workspace = this.server.here.id
    const document = sql.json({
      name,
      source: {},
      objects: {},
      destination: {},
      ...(schedule ? { schedule } : {}),
    })
    await sql`insert into pipelines (id, workspace_id, name, draft, published_version) values (${id}, ${workspace}, ${name}, ${document}, 1)`
    await sql`insert into pipeline_versions (workspace_id, pipeline_id, version, document, published_at)
      values (${workspace}, ${id}, 1, ${document}, now() - interval '1 day')`
    return id
  }

  async run(pipelineId: string, state: string, { ago = 0 } = {}): Promise<void> {
    const { sql } = this.server.database
    const at = new Date(Date.now() - ago)
    const error =
      state === 'failed'
        ? sql.json({ code: 'unavailable', message: 'The API did not answer.', advice: '' })
        : null
    await sql`insert into runs (workspace_id, pipeline_id, version, trigger, state, queued_at, started_at, finished_at, error)
      values (${this.server.here.id}, ${pipelineId}, 1, 'manual', ${state}, ${at}, ${at}, ${at}, ${error})`
  }
}
