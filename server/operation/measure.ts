import { Gauge, Histogram, Registry } from 'prom-client'
import { alertKinds } from '../alerts/alert-kinds.ts'
import type { Services } from '../services.ts'
import { countActivity } from '../store/metric-rows.ts'
import type { Activity } from '../store/metric-rows.ts'

/** What a request was: its route by template, never its path, which may hold a token. */
export interface MeasuredRequest {
  readonly route: string
  readonly method: string
  readonly status: number
  readonly seconds: number
}

/** The numbers of one process, and of the installation at the moment they are asked for. */
export interface Metrics {
  observe(request: MeasuredRequest): void
  /** In the text format of Prometheus. `alone`: without the installation's numbers, whose database does not answer. */
  render(options: {
    readonly alone: boolean
  }): Promise<{ readonly contentType: string; readonly text: string }>
}

/** Opens the metrics of a process that serves HTTP. */
export function openMetrics({ database }: Pick<Services, 'database'>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const latency = new Histogram({
    name: 'penstock_http_request_duration_seconds',
    help: 'How long answers took, by route and class of status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10],
    registers,
  })
  const gauge = (name: string, help: string, label: string) =>
    new Gauge({ name, help, labelNames: [label], registers })
  const runs = gauge('penstock_runs', 'Runs waiting or under way, by state.', 'state')
  const ended = gauge(
    'penstock_runs_ended_last_day',
    'Runs that ended in the last 24 hours, by state.',
    'state',
  )
  const waiting = gauge('penstock_queue_waiting', 'Jobs that wait for a worker, by queue.', 'queue')
  const alerts = gauge('penstock_alerts_open', 'Alerts that are open, by kind.', 'kind')
  const show = (now: Activity) => {
    for (const state of ['queued', 'running']) runs.set({ state }, now.runs[state] ?? 0)
    for (const state of ['succeeded', 'partial', 'failed', 'cancelled'])
      ended.set({ state }, now.ended[state] ?? 0)
    for (const queue of ['run', 'wipe']) waiting.set({ queue }, now.waiting[queue] ?? 0)
    for (const kind of alertKinds) alerts.set({ kind }, now.alerts[kind] ?? 0)
  }
  return {
    observe: ({ route, method, status, seconds }) =>
      latency.observe({ route, method, status: `${Math.floor(status / 100)}xx` }, seconds),
    render: async ({ alone }) => {
      if (alone) for (const one of [runs, ended, waiting, alerts]) one.reset()
      else show(await database.asSystem(countActivity))
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}
