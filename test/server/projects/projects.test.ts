import { afterAll, beforeAll, expect, test } from 'vitest'
import { detailsOf } from '../pipelines/details-of.ts'
import { saveConnections } from '../pipelines/save-connections.ts'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'

let server: TestServices
beforeAll(async () => {
  server = await startServices()
})
afterAll(() => server.close())

const api = () => server.here.editor.api

test('projects hold pipelines and connections, and removing one removes nothing else', async () => {
  const { source } = await saveConnections(server, server.here.id)
  const project = await api().projects.create({ name: 'Support' })
  const { id } = await api().pipelines.create({ name: 'Inside', projectId: project.id })
  const loose = await api().pipelines.create({ name: 'Outside' })
  await api().projects.move({ subjectType: 'connection', id: source, projectId: project.id })
  await api().projects.move({ subjectType: 'pipeline', id: loose.id, projectId: project.id })
  expect(await api().projects.list()).toMatchObject({
    items: [{ name: 'Support', pipelines: 2, connections: 1 }],
  })
  const inside = await api().pipelines.list({ projectId: project.id })
  expect(inside.items.map((item) => item.name)).toEqual(['Inside', 'Outside'])
  await api().pipelines.move({ id: loose.id, projectId: null })
  expect((await api().pipelines.list({ projectId: null })).items.map((item) => item.name)).toEqual([
    'Outside',
  ])
  await api().projects.remove({ id: project.id })
  expect(await api().projects.list()).toEqual({ items: [] })
  expect(await api().pipelines.get({ id })).toMatchObject({ projectId: null })
  const acts = await server.database
    .sql`select action from audit_log where workspace_id = ${server.here.id} order by id`
  expect(acts.map((row) => String(row['action']))).toEqual([
    'project.create',
    'pipeline.create',
    'pipeline.create',
    'connection.move',
    'pipeline.move',
    'pipeline.move',
    'project.remove',
  ])
})

test('two projects of a workspace have two names', async () => {
  const one = await api().projects.create({ name: 'One' })
  const two = await api().projects.create({ name: 'Two' })
  expect(await detailsOf(api().projects.create({ name: 'One' }))).toMatchObject({ code: 'CONFLICT' })
  expect(await detailsOf(api().projects.rename({ id: two.id, name: 'One' }))).toMatchObject({
    code: 'CONFLICT',
  })
  await api().projects.rename({ id: one.id, name: 'First' })
  await api().projects.rename({ id: two.id, name: 'One' })
  expect((await api().projects.list()).items.map(({ name }) => name)).toEqual(['First', 'One'])
})

test('of two who give one name at once, one is told that it is taken', async () => {
  const ids: string[] = []
  for (const name of ['Alpha', 'Beta']) ids.push((await api().projects.create({ name })).id)
  for (let round = 0; round < 5; round += 1) {
    const name = `Wanted ${round}`
    const asked = [
      ...ids.map((id) => api().projects.rename({ id, name })),
      api().projects.create({ name }),
      api().projects.create({ name }),
    ]
    const ended = await Promise.all(
      asked.map((one) =>
        one.then(
          () => 'done',
          (error: Error) => error.message,
        ),
      ),
    )
    const taken = `There is a project named ${name} already. Choose another name.`
    expect(ended.toSorted()).toEqual([taken, taken, taken, 'done'])
  }
})

test('another workspace’s project is none', async () => {
  const { id: projectId } = await server.elsewhere.editor.api.projects.create({ name: 'Theirs' })
  const pipeline = await api().pipelines.create({ name: 'Mine' })
  const { source } = await saveConnections(server, server.elsewhere.id)
  const calls = [
    api().projects.rename({ id: projectId, name: 'x' }),
    api().projects.remove({ id: projectId }),
    api().projects.move({ subjectType: 'pipeline', id: pipeline.id, projectId }),
    api().projects.move({ subjectType: 'connection', id: source, projectId: null }),
    api().pipelines.create({ name: 'x', projectId }),
  ]
  const answers = await Promise.all(calls.map(detailsOf))
  expect(answers.map(({ code }) => code)).toEqual(calls.map(() => 'NOT_FOUND'))
  await expect(server.here.viewer.api.projects.create({ name: 'x' })).rejects.toThrow('needs the role editor')
})
