import { listConnectors, type Connector } from '@penstock/connectors/load-connector.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { RunReport } from '@penstock/schemas/generated/run.ts'
import { HttpClient } from '@penstock/server/egress/http-client.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import type { Destination } from '@penstock/server/engine/destination.ts'
import { executeRun, type RunInput } from '@penstock/server/engine/execute-run.ts'
import { startSandbox, type Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import type { SandboxOptions } from '@penstock/server/sandbox/sandbox-options.ts'

/** The 22 objects of the Intercom connector. */
export const allObjects = [
  'contacts',
  'companies',
  'conversations',
  'conversation_parts',
  'admins',
  'teams',
  'tags',
  'segments',
  'subscription_types',
  'data_attributes',
  'tickets',
  'ticket_types',
  'articles',
  'collections',
  'help_centers',
  'activity_logs',
  'contact_company',
  'contact_tag',
  'company_tag',
  'conversation_tag',
  'team_admin',
  'email_address_header',
] as const

export async function loadIntercom(): Promise<Connector> {
  const connectors = await listConnectors()
  const intercom = connectors.find(({ name }) => name === 'intercom')
  if (!intercom) throw new Error('There is no Intercom connector.')
  return intercom
}

/** A sandbox workspace over real HTTP, and runs that read it. */
export class IntercomWorkspace {
  readonly sandbox: Sandbox
  readonly connector: Connector

  private constructor(sandbox: Sandbox, connector: Connector) {
    this.sandbox = sandbox
    this.connector = connector
  }

  static async start(options: SandboxOptions): Promise<IntercomWorkspace> {
    const intercom = await loadIntercom()
    return new IntercomWorkspace(await startSandbox(options), intercom)
  }

  async close(): Promise<void> {
    await this.sandbox.close()
  }

  /** Runs a pipeline of these objects into a destination, which is closed afterwards. */
  async run(
    destination: Destination,
    objects: Pipeline['objects'] | readonly string[] = allObjects,
    options: Partial<RunInput> & {
      readonly pipelineOptions?: Partial<Pipeline>
      readonly keepOpen?: boolean
    } = {},
  ): Promise<RunReport> {
    const { pipelineOptions, keepOpen, ...input } = options
    const http = new HttpClient({ allowedHosts: [new URL(this.sandbox.url).host] })
    try {
      return await executeRun({
        connector: this.connector,
        pipeline: {
          name: 'Test',
          source: { connector: 'intercom', connection: 'saved' },
          objects: Array.isArray(objects)
            ? Object.fromEntries(objects.map((name) => [name, {}]))
            : (objects as Pipeline['objects']),
          destination: { type: 'test', connection: 'saved', schema: 'intercom' },
          ...pipelineOptions,
        },
        connection: {
          region: 'us',
          apiBaseUrl: this.sandbox.url,
          settings: new Map([['accessToken', new Secret(this.sandbox.token)]]),
        },
        destination,
        http,
        hashKey: Buffer.alloc(32, 7),
        signal: AbortSignal.timeout(280_000),
        ...input,
      })
    } finally {
      await http.close()
      if (keepOpen !== true) await destination.close()
    }
  }

  /** The truth about an object, as the workspace holds it. */
  async truth(object: string): Promise<readonly Record<string, unknown>[]> {
    const response = await fetch(`${this.sandbox.url}/_sandbox/records/${object}`)
    const text = await response.text()
    if (!response.ok) throw new Error(text)
    return text
      .split('\n')
      .filter(Boolean)
      .map((line): Record<string, unknown> => JSON.parse(line))
  }

  /** Changes the workspace's data. */
  async change(change: object): Promise<void> {
    await this.#post('change', change)
  }

  async behave(switches: object): Promise<void> {
    await this.#post('behaviour', switches)
  }

  async #post(path: string, body: object): Promise<void> {
    const response = await fetch(`${this.sandbox.url}/_sandbox/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(await response.text())
  }
}
