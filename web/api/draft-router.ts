import { initTRPC } from '@trpc/server'
import type { AppRouter as RealRouter, RouterOutputs } from '@penstock/server/api/router.ts'

declare const real: RealRouter

/* The areas of the API's contract that are not mounted in @penstock/server/api/router.ts yet, as types. */
const t = initTRPC.create()
const parse = <I>(value: unknown): I => value as I
const q = <I, O>() => t.procedure.input(parse<I>).query((): O => null as O)
const m = <I, O = unknown>() => t.procedure.input(parse<I>).mutation((): O => null as O)

type Id = { id: string }
type AlertKind =
  | 'run_failed'
  | 'run_partial'
  | 'connection_needs_reauthorisation'
  | 'schema_change_waiting'
  | 'data_stale'
type Channel = {
  id: string
  kind: 'email' | 'slack' | 'webhook'
  name: string
  target: string
  kinds: AlertKind[]
  enabled: boolean
}

export const draft = t.router({
  session: real.session,
  setup: real.setup,
  workspaces: real.workspaces,
  members: real.members,
  invitations: real.invitations,
  apiKeys: real.apiKeys,
  projects: real.projects,
  connectors: t.router({
    list: real.connectors.list,
    get: real.connectors.get,
    source: real.connectors.source,
    check: m<
      { manifest: string; records: Record<string, string> },
      {
        problems: { file: string; pointer: string; line?: number | undefined; message: string; fix: string }[]
        objects: RouterOutputs['connectors']['get']['objects']
        form: RouterOutputs['connectors']['list'][number] | null
        types: string
      }
    >(),
    try: m<
      {
        connectionId: string
        object: string
        manifest?: string | undefined
        records?: Record<string, string> | undefined
      },
      {
        check: RouterOutputs['connections']['test']
        rows: Record<string, unknown>[]
        requests: { method: string; path: string; status: number; ms: number }[]
      }
    >(),
  }),
  connections: real.connections,
  oauth: real.oauth,
  oauthProfiles: real.oauthProfiles,
  settings: real.settings,
  pipelines: real.pipelines,
  changes: real.changes,
  runs: real.runs,
  audit: real.audit,
  wipes: real.wipes,
  alerts: t.router({
    channels: q<void, { items: Channel[] }>(),
    createChannel: m<
      {
        kind: Channel['kind']
        name: string
        target?: string | undefined
        url?: string | undefined
        secret?: string | undefined
        kinds: AlertKind[]
      },
      Id
    >(),
    updateChannel: m<{ id: string; enabled?: boolean; kinds?: AlertKind[] }>(),
    removeChannel: m<Id>(),
    testChannel: m<Id>(),
    open: q<
      void,
      { items: { id: string; kind: AlertKind; subjectName: string; message: string; openedAt: string }[] }
    >(),
    deliveries: q<
      { channelId?: string | undefined },
      {
        items: {
          id: string
          channelId: string
          channelName: string
          createdAt: string
          notice: 'opened' | 'recovered' | 'test'
          state: 'waiting' | 'delivered' | 'failed'
          lastError: string | null
        }[]
      }
    >(),
  }),
  sandbox: t.router({
    offer: q<
      void,
      {
        available: boolean
        connectionId: string | null
        destinationId: string | null
        pipelineId: string | null
      }
    >(),
    accept: m<void, { connectionId: string; destinationId: string; pipelineId: string; runId: string }>(),
  }),
})

export type AppRouter = typeof draft
