import { buildApp } from '@penstock/server/http/app.ts'
import { createApiKey, revokeApiKey } from '@penstock/server/members/api-keys.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunRig } from './run-rig.ts'

let rig: RunRig
beforeAll(async () => {
  rig = await RunRig.start({ latencyMs: 10 })
  await rig.work()
})
afterAll(async () => rig.close())

interface ServerSentEvent {
  readonly name: string
  readonly id: string | undefined
  readonly data: unknown
}

/** The events of `runs.watch`, as a browser gets them. */
async function* listen(key: string, input: object): AsyncGenerator<ServerSentEvent> {
  const query = encodeURIComponent(JSON.stringify(input))
  const stop = new AbortController()
  const response = await buildApp(rig.test.services).request(`/trpc/runs.watch?input=${query}`, {
    headers: { 'x-api-key': key, accept: 'text/event-stream' },
    signal: stop.signal,
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  try {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (text + chunk).split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) yield readEvent(block)
    }
  } finally {
    stop.abort()
  }
}

function readEvent(block: string): ServerSentEvent {
  const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1]
  return { name: field('event') ?? 'message', id: field('id'), data: JSON.parse(field('data') || 'null') }
}

test('a browser follows a run over one stream, takes it up after a break, and loses it with its key', async () => {
  const { admin, viewer } = rig.test.here
  const { id, key } = await createApiKey(admin.actor, { name: 'Watcher', role: 'viewer' })
  const pipelineId = await rig.pipeline(['contacts', 'tags', 'companies'])
  const { runId } = await admin.api.runs.start({ pipelineId })
  const seqs: number[] = []
  let lastEventId: string | undefined
  for (let part = 0; part < 2; part++) {
    for await (const event of listen(key, { runIds: [runId], lastEventId })) {
      if (event.name !== 'message') continue
      lastEventId = event.id
      const seq = seqOf(event.data)
      if (seq !== undefined) seqs.push(seq)
      if ((part === 0 && seqs.length >= 2) || isEnd(event.data)) break
    }
  }
  const { events } = await viewer.api.runs.log({ id: runId })
  expect(seqs).toEqual(events.map(({ seq }) => seq))
  let last: ServerSentEvent | undefined
  for await (last of listen(key, {})) if (last.name === 'connected') await revokeApiKey(admin.actor, { id })
  expect(last).toMatchObject({ name: 'serialized-error', data: { data: { code: 'UNAUTHORIZED' } } })
})

function seqOf(data: unknown): number | undefined {
  if (typeof data !== 'object' || data === null || !('event' in data)) return undefined
  const { event } = data
  return typeof event === 'object' && event !== null && 'seq' in event ? Number(event.seq) : undefined
}

function isEnd(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('run' in data)) return false
  const { run } = data
  return typeof run === 'object' && run !== null && 'finishedAt' in run && run.finishedAt !== null
}
