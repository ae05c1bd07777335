import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import type { Page } from 'playwright-core'
import postgres from 'postgres'
import type { SignedIn } from '../../journeys/start-penstock.ts'
import type { Figure } from './figure.ts'
import { countCommits, PageMeter } from './page-meter.ts'
import type { Work } from './page-meter.ts'

const objects = 50
const updatesASecond = 10
const seconds = 10

interface Scene {
  readonly url: string
  readonly databaseUrl: string
  readonly pipeline: string
}

/**
 * A run of 50 objects, the counts of all of which change ten times a second, watched in a browser over the real stream: what of a core the
 * page's main thread takes, and how often React draws; with the table in sight, and with the canvas. The run is written by hand, since no
 * API has 50 objects; everything after that is the product's own.
 */
export async function measureLive(ada: SignedIn, scene: Scene): Promise<readonly Figure[]> {
  const sql = postgres({ ...readConnectionUrl(scene.databaseUrl), max: 1, onnotice: () => undefined })
  try {
    const { id, workspace } = await insertRun(sql, scene.pipeline)
    const context = await ada.newContext()
    await context.addInitScript(countCommits)
    const page = await context.newPage()
    await page.goto(`${scene.url}/pipelines/${scene.pipeline}/runs/${id}`)
    await page.getByRole('cell', { name: 'object_49' }).or(page.getByText('object_49')).first().waitFor()
    await page.locator('.react-flow__node').nth(objects).waitFor()
    const figures: Figure[] = []
    for (const seen of ['table', 'canvas'] as const) {
      if (seen === 'canvas') await page.locator('.react-flow').scrollIntoViewIfNeeded()
      figures.push(...(await watch(page, seen, async () => keepChanging(sql, workspace, id))))
    }
    await context.close()
    return figures
  } finally {
    await sql.end()
  }
}

async function watch(page: Page, seen: string, change: () => Promise<void>): Promise<readonly Figure[]> {
  const meter = await PageMeter.of(page)
  const before = { work: await meter.work(), commits: await page.evaluate<number>('commits') }
  const began = performance.now()
  await change()
  const ms = performance.now() - began
  const after = await meter.work()
  const commits = (await page.evaluate<number>('commits')) - before.commits
  const share = (part: keyof Work): number => (100 * (after[part] - before.work[part])) / ms
  const what = `live run, ${objects} objects, ${seen} in sight`
  const part = (name: string, value: number): Figure => ({
    what: `${what}: ${name}`,
    value,
    unit: '%',
    goal: 15,
  })
  return [
    { ...part('of one core', share('all')), thread: share('all') },
    part('scripts', share('scripts')),
    part('style and layout', share('layout')),
    { what: `${what}: drawn`, value: (1_000 * commits) / ms, unit: '/s', goal: 4 },
  ]
}

async function insertRun(
  sql: postgres.Sql,
  pipeline: string,
): Promise<{ readonly id: string; readonly workspace: string }> {
  const [run] = await sql<{ id: string; workspace: string }[]>`
    insert into runs (workspace_id, pipeline_id, version, trigger, state, started_at, attempt, worker)
    select workspace_id, id, published_version, 'manual', 'running', now(), 1, 'bench' from pipelines where id = ${pipeline}
    returning id, workspace_id as workspace`
  if (!run) throw new Error('The pipeline is not there, or was not published.')
  await sql`
    update pipeline_versions set document = jsonb_set(document, '{objects}', (
      select jsonb_object_agg('object_' || lpad(n::text, 2, '0'), '{}'::jsonb) from generate_series(0, ${objects - 1}) as n))
    where pipeline_id = ${pipeline}`
  await sql`
    insert into run_objects (workspace_id, run_id, object, state, mode, started_at)
    select ${run.workspace}, ${run.id}, 'object_' || lpad(n::text, 2, '0'), 'extracting', 'incremental', now()
    from generate_series(0, ${objects - 1}) as n`
  return run
}

/** Changes every object's counts so many times, and announces it as a worker does. */
async function keepChanging(sql: postgres.Sql, workspace: string, run: string): Promise<void> {
  const began = performance.now()
  const notice = JSON.stringify({ workspaceId: workspace, runId: run })
  for (let update = 1; update <= seconds * updatesASecond; update += 1) {
    await sql`
      update run_objects set extracted = extracted + 100, loaded = loaded + 97, requests = requests + 1 where run_id = ${run}`
    await sql`select pg_notify('penstock_change', ${notice})`
    const next = began + (update * 1_000) / updatesASecond
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())))
  }
}
