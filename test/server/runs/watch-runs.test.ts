import { isTrackedEnvelope } from '@trpc/server'
import { readCursor, writeCursor } from '@penstock/server/runs/watch-cursor.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestMember } from '../start-services.ts'
import { RunRig } from './run-rig.ts'

let rig: RunRig
beforeAll(async () => {
  rig = await RunRig.start({ latencyMs: 10 })
  await rig.work()
})
afterAll(async () => rig.close())

interface Seen {
  readonly id: string
  readonly at: number
  readonly data: { readonly kind: string } & Record<string, unknown>
}

function isUpdate(data: unknown): data is Seen['data'] {
  return typeof data === 'object' && data !== null && 'kind' in data && typeof data.kind === 'string'
}

test('what was never an event’s id begins anew, and breaks nothing', () => {
  const run = { id: crypto.randomUUID(), seq: 7 }
  const cursor = { at: Date.now(), seqs: new Map([[run.id, run.seq]]) }
  expect(readCursor(writeCursor(cursor))).toEqual(cursor)
  for (const odd of ['', '0', 'zzzzzzzzzzzzzz', '-1', "';"])
    expect(readCursor(odd)).toEqual({ at: undefined, seqs: new Map() })
  const moment = writeCursor(cursor).split('_')[0]
  expect(readCursor(`${moment}_${'z'.repeat(25)}.zzzzzzzz_;.1_a`).seqs).toEqual(new Map())
})

/** Watches until `enough` says so, and gives back what came. */
async function watch(
  member: TestMember,
  input: { runIds?: string[]; lastEventId?: string },
  enough: (seen: readonly Seen[]) => boolean,
): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  for await (const event of await member.api.runs.watch(input)) {
    // In one process the envelope itself comes; over HTTP its id and its data.
    if (!isTrackedEnvelope(event)) continue
    const data: unknown = event[1]
    if (isUpdate(data)) seen.push({ id: event[0], at: Date.now(), data })
    if (enough(seen)) break
  }
  return seen
}

const seqs = (seen: readonly Seen[]) =>
  seen.flatMap(({ data }) => (data.kind === 'event' ? [(data['event'] as { seq: number }).seq] : []))
const ended = (seen: readonly Seen[]) =>
  seen.some(({ data }) => data.kind === 'run' && (data['run'] as { finishedAt: unknown }).finishedAt !== null)

test('a run is followed from its start to its end: every line of its log, its objects, itself', async () => {
  const { editor, viewer } = rig.test.here
  const pipelineId = await rig.pipeline(['contacts', 'tags', 'conversations', 'conversation_parts'])
  const watching = watch(viewer, {}, ended)
  const { runId } = await editor.api.runs.start({ pipelineId })
  const seen = await watching
  const { events } = await viewer.api.runs.log({ id: runId })
  expect(seqs(seen)).toEqual(events.map(({ seq }) => seq))
  const kinds = new Set(seen.map(({ data }) => data.kind))
  expect(kinds).toEqual(new Set(['run', 'objects', 'event', 'pipelines']))
  const last = seen.findLast(({ data }) => data.kind === 'run')
  expect(last?.data['run']).toMatchObject({ id: runId, state: 'succeeded' })
  const moments = new Set(
    seen.filter(({ data }) => data.kind === 'objects').map(({ at }) => Math.floor(at / 1000)),
  )
  for (const second of moments) {
    const shown = seen.filter(({ at, data }) => data.kind === 'run' && Math.floor(at / 1000) === second)
    expect(shown.length).toBeLessThanOrEqual(10)
  }
})

test('whoever was cut off goes on with the next line: none is lost, none comes twice', async () => {
  const { editor, viewer } = rig.test.here
  const pipelineId = await rig.pipeline([
    'contacts',
    'tags',
    'companies',
    'conversations',
    'tickets',
    'articles',
  ])
  const { runId } = await editor.api.runs.start({ pipelineId })
  let seen: readonly Seen[] = []
  let lastEventId: string | undefined
  for (let cuts = 0; !ended(seen); cuts++) {
    // After each of the first breaks, some time goes by unwatched.
    const part = await watch(
      viewer,
      lastEventId === undefined ? { runIds: [runId] } : { runIds: [runId], lastEventId },
      (now) => ended(now) || (cuts < 12 && now.length >= 3),
    )
    seen = [...seen, ...part]
    lastEventId = part.at(-1)?.id
    if (cuts < 5 && !ended(seen))
      await rig.until(async () => {
        const { events } = await viewer.api.runs.log({ id: runId })
        return events.length > seqs(seen).length || events.at(-1)?.kind === 'ended'
      })
  }
  const { events } = await viewer.api.runs.log({ id: runId })
  expect(seqs(seen)).toEqual(events.map(({ seq }) => seq))
})

test('nobody sees another workspace, not even by naming its run', async () => {
  const { here, elsewhere } = rig.test
  const pipelineId = await rig.pipeline(['tags'])
  const { runId } = await here.editor.api.runs.start({ pipelineId })
  const theirs = await rig.pipeline(['tags'], undefined, { workspace: elsewhere })
  const watching = watch(elsewhere.viewer, {}, ended)
  const named = watch(elsewhere.viewer, { runIds: [runId] }, (now) =>
    now.some(({ data }) => data.kind === 'pipelines'),
  )
  await rig.ended(runId)
  const own = await elsewhere.editor.api.runs.start({ pipelineId: theirs })
  const seen = await watching
  const runs = seen.flatMap(({ data }) => ('runId' in data ? [data['runId']] : []))
  expect(new Set(runs)).toEqual(new Set([own.runId]))
  expect((await named).map(({ data }) => data.kind)).toEqual(['pipelines'])
  await rig.ended(own.runId)
})

test('a member who was removed is cut off', async () => {
  const { admin, viewer } = rig.test.here
  const watching = watch(viewer, {}, () => false)
  await rig.test.database.sql`delete from member where user_id = ${viewer.identity.userId}`
  await expect(watching).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  expect(admin.identity.member.role).toBe('admin')
})
