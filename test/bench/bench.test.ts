import { expect, inject, test } from 'vitest'
import { planFloorWindows, runFloor } from './run-floor.ts'
import { runPenstock } from './run-penstock.ts'
import { contactsObject } from './scenarios/contacts.ts'
import { Workbench } from './workbench.ts'

/** Without the hashed fields, whose keys differ, and custom attributes, in which the floor rounds large numbers. */
const plainFields = 'id, role, email_domain, created_at, updated_at, has_hard_bounced, location, tags'

test('the bench’s floor and a run bring the same contacts, and both tell what they took', async () => {
  const server = { url: inject('postgresUrl'), stop: async () => {} }
  const workbench = await Workbench.open({ says: 'wherever there is room', measured: [] }, server)
  try {
    await using source = await workbench.sandbox({ sizes: { contacts: 1000 } })
    await using database = await workbench.database()
    const floor = await runFloor(workbench, source, database.url, await planFloorWindows(source, 4))
    const run = await runPenstock(workbench, { source, objects: contactsObject, databaseUrl: database.url })
    expect(run.report.status).toBe('succeeded')
    for (const { records, runMs, wallMs, cpuMs, peakBytes } of [floor, run]) {
      expect(records).toBeGreaterThanOrEqual(1000)
      expect(runMs).toBeGreaterThan(0)
      expect(wallMs).toBeGreaterThan(runMs)
      expect(cpuMs).toBeGreaterThan(0)
      expect(peakBytes).toBeGreaterThan(30e6)
    }
    const other = await database.query(
      `select ${plainFields} from floor.contacts except select ${plainFields} from intercom.contacts`,
    )
    expect(other).toEqual([])
    const [count] = await database.query(
      'select (select count(*) from floor.contacts) as floor, (select count(*) from intercom.contacts) as run',
    )
    expect(count).toEqual({ floor: '1000', run: '1000' })
  } finally {
    await workbench.close()
  }
})
