import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import { Warehouse } from '../engine-generality/warehouse.ts'
import { serveFake } from '../fakes/serve-fake.ts'
import { reportOf, troubles } from './pipeline-rig.ts'
import { peopleBasics, smallConnector } from './small-api.ts'

function childrenOf(
  parent: string,
  path: string,
  keys: Readonly<Record<string, string>>,
): Pick<ObjectManifest, 'mode' | 'read'> {
  const pathParameters = { id: { $from: 'parent.id' } }
  const request = { path, pathParameters }
  return { mode: 'incremental', read: { type: 'children', parent, keys, request, recordsAt: 'items' } }
}

const connector = smallConnector(
  {
    people: {
      ...peopleBasics,
      mode: 'incremental',
      checkpoint: { field: 'updated_at', format: 'unix_seconds', filter: 'server', lagSeconds: 60 },
      read: {
        type: 'list',
        request: { path: '/people', query: { since: { $from: 'window.after' } } },
        recordsAt: 'items',
        pagination: { type: 'none' },
      },
    },
    projects: {
      title: 'Projects',
      primaryKey: ['id'],
      record: 'project.schema.json',
      ...childrenOf('people', '/people/{id}/projects', { person_id: 'id' }),
    },
    tasks: {
      title: 'Tasks',
      primaryKey: ['project_id', 'id'],
      record: 'task.schema.json',
      ...childrenOf('projects', '/projects/{id}/tasks', { project_id: 'id' }),
    },
  },
  {
    people: { id: { type: 'string' }, updated_at: { type: 'integer' } },
    projects: { id: { type: 'string' }, person_id: { type: 'string' } },
    tasks: { id: { type: 'string' }, project_id: { type: 'string' } },
  },
)

test('a child that is gone when its own children are asked for takes nothing else away, and they land once it is back', async () => {
  const updated_at = Math.floor(Date.now() / 1000) - 30 * 86_400
  const gone = new Set(['b'])
  const api = new Hono()
    .get('/me', (context) => context.json({ id: 'account' }))
    .get('/people', (context) => {
      const isAsked = updated_at > Number(context.req.query('since'))
      return context.json({ items: isAsked ? [{ id: 'p', updated_at }] : [] })
    })
    .get('/people/p/projects', (context) => context.json({ items: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }))
    .get('/projects/:id/tasks', (context) => {
      const id = context.req.param('id')
      return gone.has(id) ? context.json({}, 404) : context.json({ items: [{ id: `of ${id}` }] })
    })
  const warehouse = await Warehouse.create()
  const fake = await serveFake(api)
  const source = {
    connector,
    region: 'here',
    apiBaseUrl: fake.url,
    host: fake.host,
    settings: { token: 't' },
  }
  const idsOf = async (object: string) =>
    (await warehouse.rows(object))
      .map((row) => `${String(row['id'])}${row['_deleted_at'] ? ' deleted' : ''}`)
      .toSorted()
  try {
    const first = await warehouse.run(source)
    expect(troubles(first)).toEqual([])
    expect(reportOf(first, 'projects').warnings).toEqual([
      '1 record of projects was deleted while they were read.',
    ])
    expect(await idsOf('people')).toEqual(['p'])
    expect(await idsOf('projects')).toEqual(['a', 'b', 'c'])
    expect(await idsOf('tasks')).toEqual(['of a', 'of c'])
    gone.clear()
    expect(troubles(await warehouse.run(source))).toEqual([])
    expect(await idsOf('tasks')).toEqual(['of a', 'of b', 'of c'])
    expect(reportOf(await warehouse.run(source), 'tasks').requests).toBe(0)
  } finally {
    await fake.close()
    await warehouse.remove()
  }
})
