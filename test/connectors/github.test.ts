import { join } from 'node:path'
import { checkConnector } from '@penstock/connectors/check-connector.ts'
import { loadConnector, type Connector } from '@penstock/connectors/load-connector.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { actualRows, expectedRows, type PlainRow } from '../engine-generality/expected-rows.ts'
import { Warehouse, type WarehouseSource } from '../engine-generality/warehouse.ts'
import { GitHubFake } from '../fakes/github.ts'

const folder = join(import.meta.dirname, '../../connectors/github')

test('GitHub is a manifest and record schemas, and nothing is wrong with them', async () => {
  expect(await checkConnector(folder)).toEqual([])
})

describe('a repository', () => {
  let fake: GitHubFake
  let warehouse: Warehouse
  let connector: Connector
  beforeEach(async () => {
    fake = await GitHubFake.start({ seed: 11, issues: 230 })
    warehouse = await Warehouse.create()
    connector = await loadConnector(folder)
  })
  afterEach(async () => {
    await fake.close()
    await warehouse.remove()
  })

  const source = (token = fake.token): WarehouseSource => ({
    connector,
    region: 'github',
    apiBaseUrl: fake.url,
    host: fake.host,
    settings: { owner: fake.owner, repository: fake.name, accessToken: token },
  })

  const expectTables = async (): Promise<void> => {
    for (const [object, records] of Object.entries(tablesOf(fake))) {
      const schema = connector.records.get(object)
      if (!schema) throw new Error(`There is no ${object}.`)
      const rows = actualRows(await warehouse.rows(object), schema)
      expect({ object, rows }).toEqual({ object, rows: expectedRows(records, schema) })
    }
  }

  test('lands whole, and again after a day of changes, by asking only for what changed', async () => {
    expect(await warehouse.run(source())).toMatchObject({ status: 'succeeded', error: null })
    await expectTables()
    const asked = fake.requests.filter(({ path }) => path.endsWith('/issues')).length
    // Three pages, and one more look at what changed while they were read.
    expect(asked).toBe(4)

    fake.repository.change(Date.now())
    fake.requests.length = 0
    expect(await warehouse.run(source())).toMatchObject({ status: 'succeeded', error: null })
    await expectTables()
    const since = fake.requests.find(({ path }) => path.endsWith('/issues'))?.query.since
    expect(since).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(fake.requests.filter(({ path }) => path.endsWith('/issues'))).toHaveLength(1)
  })

  test('misses no issue when others change between two pages', async () => {
    fake.afterAnswer = ({ path }) => {
      if (!path.endsWith('/issues')) return
      fake.afterAnswer = undefined
      for (const issue of fake.repository.issues.slice(0, 40)) fake.repository.addComment(issue, Date.now())
    }
    expect(await warehouse.run(source())).toMatchObject({ status: 'succeeded', error: null })
    expect(await warehouse.rows('issues')).toHaveLength(fake.repository.issues.length)
    expect(await warehouse.run(source())).toMatchObject({ status: 'succeeded', error: null })
    await expectTables()
  })

  test('loses nothing to a refusal for asking too fast, which GitHub gives as 403', async () => {
    fake.refusals.push({
      status: 403,
      message: 'You have exceeded a secondary rate limit.',
      headers: { 'Retry-After': '1' },
    })
    expect(await warehouse.run(source(), ['issues', 'labels'])).toMatchObject({ status: 'succeeded' })
  })

  test('says that issues are switched off, and lands the rest', async () => {
    fake.issuesEnabled = false
    const report = await warehouse.run(source(), ['issues', 'labels'])
    expect(report.status).toBe('partial')
    expect(report.objects).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ object: 'issues', status: 'skipped' }),
        expect.objectContaining({ object: 'labels', status: 'succeeded' }),
      ]),
    )
  })

  test('says that a token is dead', async () => {
    expect(await warehouse.run(source('revoked'), ['labels'])).toMatchObject({
      status: 'failed',
      error: { code: 'unauthorized' },
    })
  })
})

function tablesOf({ repository }: GitHubFake): Readonly<Record<string, readonly PlainRow[]>> {
  const { issues, comments, labels, milestones, assignees } = repository
  return {
    issues,
    issue_comments: comments,
    labels,
    milestones,
    assignees,
    issue_label: issues.flatMap((issue) =>
      listOf(issue.labels).map((label) => ({ issue_id: issue.id, label_id: label.id, name: label.name })),
    ),
    issue_assignee: issues.flatMap((issue) =>
      listOf(issue.assignees).map((user) => ({ issue_id: issue.id, user_id: user.id, login: user.login })),
    ),
  }
}

function listOf(value: unknown): readonly PlainRow[] {
  return Array.isArray(value) ? value : []
}
