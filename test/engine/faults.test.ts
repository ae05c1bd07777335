import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultKinds } from '@penstock/server/sandbox/faults/fault-plan.ts'
import { createDatabase, type TestDatabase } from '../create-database.ts'
import { hastyClock, PipelineRig, reportOf, troubles } from './pipeline-rig.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(async () => database.drop())

const sizes = { contacts: 160, companies: 30, conversations: 30, tickets: 55, articles: 55, activityLogs: 30 }

test('with a tenth of all answers faulty, one run is enough', async () => {
  const rig = await PipelineRig.start(database, { sizes, faults: { rate: 0.1, seed: 5 } })
  const clock = hastyClock((ms) => rig.workspace.sandbox.workspace.clock.advance(ms / 1000))
  try {
    expect(troubles(await rig.run(undefined, { clock }))).toEqual([])
    expect(await rig.differences()).toEqual([])
  } finally {
    await rig.close()
  }
})

test('with three tenths of all answers faulty, a few runs are enough', async () => {
  const kinds = faultKinds.filter((kind) => !['hang', 'slow', 'rate_limited'].includes(kind))
  const rig = await PipelineRig.start(database, { sizes, faults: { rate: 0.3, seed: 8, kinds } })
  const clock = hastyClock((ms) => rig.workspace.sandbox.workspace.clock.advance(ms / 1000))
  try {
    const statuses: string[] = []
    while (statuses.length < 6 && statuses.at(-1) !== 'succeeded')
      statuses.push((await rig.run(undefined, { clock })).status)
    expect(statuses.at(-1)).toBe('succeeded')
    expect(await rig.differences()).toEqual([])
  } finally {
    await rig.close()
  }
})

test.each(['reset_middle', 'cut_body'] as const)(
  'an answer of the companies scroll that is lost on the way (%s) loses no company',
  async (kind) => {
    const rig = await PipelineRig.start(database, { sizes: { companies: 350 } })
    const clock = hastyClock((ms) => rig.workspace.sandbox.workspace.clock.advance(ms / 1000))
    const companies = ['companies', 'company_tag']
    try {
      rig.workspace.sandbox.faults.set({
        rate: 1,
        kinds: [kind],
        path: '/companies/scroll',
        skip: 1,
        times: 1,
      })
      expect(troubles(await rig.run(companies, { clock }))).toEqual([])
      expect(await rig.differences(companies)).toEqual([])
    } finally {
      await rig.close()
    }
  },
)

test.each(['empty_object', 'error_list'] as const)(
  'an account that is first answered with %s is known by its name all the same',
  async (kind) => {
    const rig = await PipelineRig.start(database, {
      faults: { rate: 1, kinds: [kind], path: '/me', times: 1 },
    })
    try {
      expect(troubles(await rig.run(['admins'], { clock: hastyClock() }))).toEqual([])
      expect(troubles(await rig.run(['admins']))).toEqual([])
    } finally {
      await rig.close()
    }
  },
)

test('an API that answers nothing but 500 is given up soon', async () => {
  const rig = await PipelineRig.start(database, {
    faults: { rate: 1, kinds: ['server_error'], path: '/contacts/search' },
  })
  try {
    const report = await rig.run(['contacts', 'admins'], { clock: hastyClock() })
    expect(report.status).toBe('partial')
    expect(reportOf(report, 'contacts').error?.code).toBe('unavailable')
    // Windows are read side by side, each with tries of its own until the first of them gives up.
    expect(rig.requests('/contacts/search')).toBeLessThan(200)
  } finally {
    await rig.close()
  }
})

test('another program’s scroll is waited for', async () => {
  const rig = await PipelineRig.start(database, { sizes: { companies: 130 } })
  const waits: number[] = []
  const clock = hastyClock((ms) => {
    waits.push(ms)
    rig.workspace.sandbox.workspace.clock.advance(ms / 1000)
  })
  try {
    const { url, token } = rig.workspace.sandbox
    await fetch(`${url}/companies/scroll`, { headers: { authorization: `Bearer ${token}` } })
    expect(troubles(await rig.run(['companies'], { clock }))).toEqual([])
    expect(waits.length).toBeGreaterThan(1)
    expect(await rig.differences(['companies'])).toEqual([])
  } finally {
    await rig.close()
  }
})

test.each(['html', 'empty_object', 'error_list', 'empty_body'] as const)(
  'an endpoint that answers 200 with %s for ever fails, and its table stays',
  async (kind) => {
    const rig = await PipelineRig.start(database, { sizes: { contacts: 20 } })
    const objects = ['contacts', 'companies', 'admins']
    try {
      await rig.run(objects)
      const before = { contacts: await rig.allRows('contacts'), companies: await rig.allRows('companies') }
      rig.workspace.sandbox.faults.set({ rate: 1, kinds: [kind], path: '/co' })
      const clock = hastyClock((ms) => rig.workspace.sandbox.workspace.clock.advance(ms / 1000))
      const report = await rig.run(objects, { clock })
      expect(report.status).toBe('partial')
      expect(reportOf(report, 'contacts').status).toBe('failed')
      expect(reportOf(report, 'companies').status).toBe('failed')
      expect({ contacts: await rig.allRows('contacts'), companies: await rig.allRows('companies') }).toEqual(
        before,
      )
    } finally {
      await rig.close()
    }
  },
)

test.each(['short', 'long'] as const)(
  'answers that are too %s for their length never count',
  async (contentLength) => {
    const rig = await PipelineRig.start(database)
    try {
      await rig.run(['admins'])
      const before = await rig.allRows('admins')
      await rig.workspace.behave({ contentLength })
      expect((await rig.run(['admins'], { clock: hastyClock() })).status).toBe('failed')
      expect(await rig.allRows('admins')).toEqual(before)
    } finally {
      await rig.close()
    }
  },
)

test.each(['loop', 'repeat'] as const)(
  'cursors that %s fail soon, and nothing is lost later',
  async (cursors) => {
    const rig = await PipelineRig.start(database, { sizes: { contacts: 700 }, behaviour: { cursors } })
    const objects = ['contacts', 'contact_tag']
    try {
      const report = await rig.run(objects, { clock: hastyClock() })
      expect(report.status).toBe('failed')
      expect(reportOf(report, 'contacts').error?.code).toBe('incomplete_read')
      expect(rig.requests('/contacts/search')).toBeLessThan(40)
      await rig.workspace.behave({ cursors: 'right' })
      expect(troubles(await rig.run(objects))).toEqual([])
      expect(await rig.differences(objects)).toEqual([])
    } finally {
      await rig.close()
    }
  },
)
