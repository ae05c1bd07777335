import { type Progress, whatEnded } from '@penstock/web/runs/use-milestones.ts'
import { expect, test } from 'vitest'

test('objects that end together are all said, and the end of the run by itself', () => {
  const before = progress('running', { contacts: null, tags: null, teams: 'before' })
  const now = progress('running', { contacts: 'now', tags: 'now', teams: 'before' })
  expect(whatEnded(before, now)).toBe('contacts: Done. tags: Done')
  expect(whatEnded(now, now)).toBe('')
  expect(whatEnded(before, progress('succeeded', { contacts: 'now' }))).toBe('Run finished: Succeeded')
})

function progress(state: Progress['state'], finished: Readonly<Record<string, string | null>>): Progress {
  return {
    state,
    objects: Object.entries(finished).map(([object, finishedAt]) => ({ object, state: 'done', finishedAt })),
  }
}
