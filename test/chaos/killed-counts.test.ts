import { startRun } from '@penstock/server/runs/start-run.ts'
import { expect, inject, test } from 'vitest'
import { ServerStage } from './server-stage.ts'

/** Merged, and replaced as a whole. */
const objects = ['contacts', 'tags'] as const

test('rows that landed after a killed worker had counted last are counted by whoever goes on', async () => {
  const stage = await ServerStage.open(inject('postgresUrl'), {
    seed: 3,
    sizes: { contacts: 320, companies: 5, conversations: 5, tickets: 5, activityLogs: 5, articles: 5 },
    latencyMs: 100,
  })
  try {
    const [one, other] = await Promise.all([stage.worker(1), stage.worker(1)])
    other.signal('SIGSTOP')
    const [pipelineId = ''] = await stage.pipelines(1, objects)
    const { runId } = await startRun(stage.actor, { pipelineId })
    const counted = async () => {
      const rows =
        await stage.sql`select object, loaded::int as loaded from run_objects where run_id = ${runId}`
      return new Map(rows.map(({ object, loaded }) => [object, loaded]))
    }
    const landed = async () => {
      const rows = objects.map(async (object) => [object, await stage.landed(pipelineId, object)] as const)
      return new Map(await Promise.all(rows))
    }
    await stage.until(
      'the tables are claimed',
      async () => (await stage.claims(pipelineId)) === objects.length,
    )
    await stage.sql.begin(async (sql) => {
      // Whoever carries the run can write nothing about it any more, and goes on landing rows.
      await sql`select from runs where id = ${runId} for update`
      const known = await counted()
      await stage.until('rows of each have landed that are not counted', async () =>
        [...(await landed())].every(([object, rows]) => rows > (known.get(object) ?? 0)),
      )
      one.signal('SIGKILL')
      await one.ended
    })
    other.signal('SIGCONT')
    // The queue notices after ten seconds that a worker is silent; here the ten seconds are over.
    await stage.sql`update pgboss.job set heartbeat_on = now() - interval '1 minute' where name = 'run' and state = 'active'`
    const [run] = await stage.until('the run ends', async () => {
      const rows =
        await stage.sql`select state, attempt from runs where id = ${runId} and finished_at is not null`
      return rows.length > 0 && rows
    })
    expect(run).toEqual({ state: 'succeeded', attempt: 2 })
    expect(await counted()).toEqual(await landed())
    const sums = await stage.sql`select object from run_objects
      where run_id = ${runId} and extracted <> loaded + unchanged + filtered + rejected`
    expect(sums).toEqual([])
    expect(await stage.differences(pipelineId, objects)).toEqual([])
  } finally {
    await stage.close()
  }
})
