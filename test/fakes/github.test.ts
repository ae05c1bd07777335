import { afterEach, beforeEach, expect, test } from 'vitest'
import { GitHubFake } from './github.ts'

let fake: GitHubFake
beforeEach(async () => {
  fake = await GitHubFake.start({ seed: 3, issues: 205 })
})
afterEach(() => fake.close())

test('a list is an array, and the Link header names the next page and the last', async () => {
  const first = await ask('/issues?state=all&per_page=100')
  expect(first.body).toHaveLength(100)
  expect(first.headers.get('Link')).toMatch(/^<http.*page=2>; rel="next", <http.*page=3>; rel="last"$/)
  const last = await ask('/issues?state=all&per_page=100&page=3')
  expect(last.body).toHaveLength(5)
  expect(last.headers.get('Link')).not.toContain('rel="next"')
})

test('issues are the open ones, newest first, thirty at a time, unless the question says otherwise', async () => {
  const { body } = await ask('/issues')
  expect(body).toHaveLength(30)
  expect(body.every(({ state }) => state === 'open')).toBe(true)
  expect(body.map((issue) => issue.created_at)).toEqual(
    body
      .map((issue) => issue.created_at)
      .toSorted()
      .toReversed(),
  )
})

test('since looks at the last change, its own second included', async () => {
  const at = Date.now()
  const issue = fake.repository.addIssue(at)
  expect((await ask(`/issues?since=${String(issue.updated_at)}`)).body.length).toBeLessThanOrEqual(1)
  const { body } = await ask(`/issues?state=all&since=${String(issue.updated_at)}`)
  expect(body).toMatchObject([{ id: issue.id }])
  expect((await ask(`/issues?state=all&since=${new Date(at + 1000).toISOString()}`)).body).toEqual([])
})

test('a stranger finds nothing, a dead token is refused, another repository does not exist', async () => {
  expect((await ask('/labels', '')).status).toBe(404)
  expect((await ask('/labels', 'Bearer nonsense')).status).toBe(401)
  expect(
    (await fetch(`${fake.url}/repos/a/b`, { headers: { Authorization: `Bearer ${fake.token}` } })).status,
  ).toBe(404)
})

test('every answer says which version it is of and what is left of the hour', async () => {
  const { headers } = await ask('/labels')
  expect(headers.get('X-GitHub-Api-Version-Selected')).toBe('2022-11-28')
  expect(Number(headers.get('X-RateLimit-Remaining'))).toBe(4999)
  expect(Number(headers.get('X-RateLimit-Reset'))).toBeGreaterThan(Date.now() / 1000)
})

async function ask(path: string, authorization = `Bearer ${fake.token}`) {
  const headers: Record<string, string> = authorization === '' ? {} : { Authorization: authorization }
  const response = await fetch(`${fake.url}/repos/${fake.owner}/${fake.name}${path}`, { headers })
  const body: readonly { readonly state: string; readonly created_at: string }[] = JSON.parse(
    await response.text(),
  )
  return { status: response.status, headers: response.headers, body }
}
