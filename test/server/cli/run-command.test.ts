import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunReport } from '@penstock/schemas/generated/run.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { createDatabase } from '../../create-database.ts'
import type { TestDatabase } from '../../create-database.ts'
import { penstock, startPenstock } from './start-penstock.ts'

const token = 'tok:canary-of-the-run'
const sizes = { contacts: 60, companies: 20, conversations: 10, tickets: 10, activityLogs: 10 }

let folder = ''
let sandbox: Sandbox
let database: TestDatabase
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-run-'))
  sandbox = await startSandbox({ token, sizes })
  database = await createDatabase()
})
afterAll(async () => {
  await database.drop()
  await sandbox.close()
  await rm(folder, { recursive: true, force: true })
})

const env = () => ({
  PENSTOCK_DATA_DIR: folder,
  PENSTOCK_ALLOWED_HOSTS: `127.0.0.1:${sandbox.port}`,
  INTERCOM_ACCESS_TOKEN: token,
  WAREHOUSE_URL: database.url,
})

/** A document that lands these objects in a schema of that name. */
async function document(
  schema: string,
  objects: readonly string[],
  apiBaseUrl = sandbox.url,
): Promise<string> {
  const file = join(folder, `${schema}.json`)
  await writeFile(
    file,
    JSON.stringify({
      name: schema,
      source: {
        connector: 'intercom',
        connection: { accessToken: { env: 'INTERCOM_ACCESS_TOKEN' }, apiBaseUrl },
      },
      objects: Object.fromEntries(objects.map((object) => [object, {}])),
      destination: { type: 'postgres', connection: { url: { env: 'WAREHOUSE_URL' } }, schema },
    }),
  )
  return file
}

const reportSchema: object = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../schemas/run.schema.json'), 'utf8'),
)
const isReport = new Ajv({ strict: false }).compile<RunReport>(reportSchema)

/** Standard output as the one JSON document it is. */
function reportIn(out: string): RunReport {
  const report: unknown = JSON.parse(out)
  if (!isReport(report)) throw new Error(`not a report: ${JSON.stringify(isReport.errors)}`)
  return report
}

async function rowsIn(table: string): Promise<number> {
  const [row] = await database.sql.unsafe<[{ count: string }]>(`select count(*) from ${table}`)
  return Number(row.count)
}

describe('a run that succeeds', () => {
  test('exits with 0, ends standard output with its report as JSON, and tells its progress beside it', async () => {
    const file = await document('plain', ['contacts', 'contact_tag', 'tags'])
    const { code, out, err } = await penstock(['run', file, '--json'], { env: env() })
    expect(code).toBe(0)
    const report = reportIn(out)
    expect(report.status).toBe('succeeded')
    expect(report.objects.map(({ object, status }) => [object, status])).toEqual([
      ['contacts', 'succeeded'],
      ['contact_tag', 'succeeded'],
      ['tags', 'succeeded'],
    ])
    expect(await rowsIn('plain.contacts')).toBe(60)
    expect(err).toContain('▸ reading contacts')
    expect(err).toContain('✓ succeeded contacts, 60 extracted, 60 loaded')
    expect(out + err).not.toContain('canary')
  })

  test('ends with a table for people, and goes on incrementally the next time', async () => {
    const file = await document('again', ['tags', 'tickets'])
    await penstock(['run', file], { env: env() })
    const { code, out } = await penstock(['run', file, '--only', 'tags'], { env: env() })
    expect(code).toBe(0)
    expect(out).toMatch(/Object +Status +Extracted +Loaded +Unchanged +Rejected +Deleted +Requests/)
    expect(out).toMatch(/tags +✓ succeeded +40 +0 +40 +0 +0 +1/)
    expect(out).not.toContain('tickets')
    expect(out).toMatch(/✓ succeeded in .* · 1 object · 0 rows loaded/)
  })
})

describe('a run that does not wholly succeed', () => {
  test('exits with 1 and names the permission that is missing; the rest has landed', async () => {
    const gated = await startSandbox({ token, sizes, behaviour: { missingScopes: ['Read tickets'] } })
    const file = await document('gated', ['tags', 'tickets'], gated.url)
    const allowed = { ...env(), PENSTOCK_ALLOWED_HOSTS: '127.0.0.1' }
    const { code, out } = await penstock(['run', file], { env: allowed })
    expect(code).toBe(1)
    expect(out).toMatch(/tickets +○ skipped/)
    expect(out).toContain('→ ')
    expect(out).toContain('◐ partial')
    expect(await rowsIn('gated.tags')).toBe(40)
    await gated.close()
  })

  test('exits with 1, without a stack trace, when the token is refused', async () => {
    const file = await document('refused', ['tags'])
    const wrongToken = { ...env(), INTERCOM_ACCESS_TOKEN: 'tok:wrong-canary' }
    const { code, out, err } = await penstock(['run', file], { env: wrongToken })
    expect(code).toBe(1)
    expect(out).toContain('✗ failed')
    expect(out + err).not.toMatch(/\n\s+at |canary/)
  })

  test('exits with 1 and a report when the destination refuses', async () => {
    const file = await document('down', ['tags'])
    const noDatabase = {
      ...env(),
      WAREHOUSE_URL: database.url.replace(/penstock_test_\w+/, 'no_such_database'),
    }
    const { code, out, err } = await penstock(['run', file, '--json'], { env: noDatabase })
    expect(code).toBe(1)
    expect(reportIn(out).error?.code).toBe('destination_refused')
    expect(err).not.toMatch(/\n\s+at /)
  })

  test('says how to make a key when the one it was given is not one', async () => {
    const file = await document('keyless', ['tags'])
    const badKey = { ...env(), PENSTOCK_SECRET_KEY: 'changeme' }
    const { code, out, err } = await penstock(['run', file, '--json'], { env: badKey })
    expect(code).toBe(1)
    const report = reportIn(out)
    expect(report.error?.advice).toContain("randomBytes(32).toString('base64url')")
    expect(report.objects).toMatchObject([{ object: 'tags', status: 'failed', error: report.error }])
    expect(out + err).not.toContain('changeme')
  })
})

describe('a run that is stopped', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s ends at a checkpoint with 130; the next one goes on',
    async (signal) => {
      const slow = await startSandbox({ token, sizes, latencyMs: 150 })
      const schema = `stopped_${signal.toLowerCase()}`
      const file = await document(schema, ['contacts', 'conversations', 'conversation_parts'], slow.url)
      const allowed = { ...env(), PENSTOCK_ALLOWED_HOSTS: '127.0.0.1' }
      const running = startPenstock(['run', file, '--json'], { env: allowed })
      await running.saysOnErr('▸ reading conversation_parts')
      running.process.kill(signal)
      const { code, out, err } = await running.ended
      expect(code).toBe(130)
      expect(err).toContain('■ Stopping at the next checkpoint')
      expect(reportIn(out).status).toBe('cancelled')
      expect((await penstock(['run', file], { env: allowed })).code).toBe(0)
      expect(await rowsIn(`${schema}.conversations`)).toBe(10)
      await slow.close()
    },
  )

  test('by a later signal ends at once, even while the destination does not answer', async () => {
    const file = await document('stuck', ['tags'])
    await penstock(['run', file], { env: env() })
    const holder = await database.sql.reserve()
    await holder`begin`
    await holder`lock table stuck.tags in access exclusive mode`
    const running = startPenstock(['run', file], { env: env() })
    await running.saysOnErr('▸ reading tags')
    running.process.kill('SIGINT')
    await running.saysOnErr('■ Stopping')
    const again = setInterval(() => running.process.kill('SIGINT'), 100)
    // A shell says 130 either way; without a code, one more signal came while the process was ending.
    expect([130, null]).toContain((await running.ended).code)
    clearInterval(again)
    await holder`rollback`
    holder.release()
  })
})

describe('check', () => {
  test('tries the source, object by object, and the destination, and leaves nothing behind', async () => {
    const file = await document('tried', ['contacts', 'contact_tag', 'tags'])
    const { code, out, err } = await penstock(['check', file], { env: env() })
    expect(err).toBe('')
    expect(out).toMatch(/contacts +✓ works +(?:about )?\d+ /)
    expect(out).toMatch(/tags +✓ works +\d+ /)
    expect(out).toMatch(/contact_tag +✓ works/)
    expect(out).toMatch(/✓ connect: /)
    expect(out).not.toContain('tickets')
    expect(code).toBe(0)
    expect(await database.sql`select 1 from information_schema.tables where table_schema = 'tried'`).toEqual(
      [],
    )
  })

  test('says which permission is missing, and exits with 1', async () => {
    const gated = await startSandbox({ token, sizes, behaviour: { missingScopes: ['Read tickets'] } })
    const file = await document('tried_gated', ['tags', 'tickets'], gated.url)
    const { code, out } = await penstock(['check', file], {
      env: { ...env(), PENSTOCK_ALLOWED_HOSTS: '127.0.0.1' },
    })
    expect(out).toMatch(/tickets +○ missing scope +.*“Read tickets”/)
    expect(out).toMatch(/tags +✓ works/)
    expect(code).toBe(1)
    await gated.close()
  })

  test('says that the token is refused, and still tries the destination', async () => {
    const file = await document('tried_refused', ['tags'])
    const { code, out } = await penstock(['check', file], {
      env: { ...env(), INTERCOM_ACCESS_TOKEN: 'tok:bad-canary' },
    })
    expect(out).toMatch(/✗ Intercom: .*\n +→ /)
    expect(out).toMatch(/✓ connect: /)
    expect(out).not.toContain('canary')
    expect(code).toBe(1)
  })
})
