import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Checkpoint, OpenWindow } from '@penstock/schemas/generated/checkpoint.ts'
import type { CheckpointRule } from '@penstock/schemas/generated/manifest.ts'
import { lookForVanished } from '@penstock/server/engine/look-for-vanished.ts'
import { planWindows, splitWindow } from '@penstock/server/engine/plan-windows.ts'
import { ReadProgress } from '@penstock/server/engine/read-progress.ts'

const zones = [
  'UTC',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'Pacific/Apia',
  'America/St_Johns',
  'Pacific/Pago_Pago',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Africa/Casablanca',
  'America/Los_Angeles',
  'Asia/Kathmandu',
  'Etc/GMT+12',
] as const

/** How an API may understand `>` and `<`. */
interface Reading {
  readonly unit: 'second' | 'day'
  readonly zone: string
  readonly inclusive: boolean
}

const formats = new Map(
  zones.map((zone) => [zone as string, new Intl.DateTimeFormat('en-CA', { timeZone: zone })]),
)

function place(moment: number, { unit, zone }: Reading): number {
  if (unit === 'second') return moment
  return Date.parse(formats.get(zone)?.format(new Date(moment * 1000)) ?? '')
}

function matches(moment: number, window: OpenWindow, reading: Reading): boolean {
  const at = place(moment, reading)
  const after = window.after === undefined ? -Infinity : place(window.after, reading)
  const before = window.before === undefined ? Infinity : place(window.before, reading)
  return reading.inclusive ? at >= after && at <= before : at > after && at < before
}

const ruleOf = (granularity: 'second' | 'day'): CheckpointRule => ({
  field: 'updated_at',
  format: 'unix_seconds',
  filter: 'server',
  granularity,
  overlapSeconds: granularity === 'day' ? 93_600 : 2,
  lagSeconds: 600,
  ends: 'open',
})

/** In the Antarctic, clocks go back by two hours: 28 October 2012 had 26 of them. */
const longestDay: Reading = { unit: 'day', zone: 'Antarctica/Troll', inclusive: false }

const seed = Date.now() % 2 ** 31
const moment = fc.integer({ min: 1_262_304_000, max: 1_830_297_600 })
const reading = fc.record({
  unit: fc.constantFrom('second' as const, 'day' as const),
  zone: fc.constantFrom(...zones),
  inclusive: fc.boolean(),
})

test('the windows of a cut match together every second that the whole matched, however the API reads its bounds', () => {
  const input = fc.record({
    reading,
    start: moment,
    length: fc.integer({ min: 1, max: 3 * 365 * 86_400 }),
    parts: fc.integer({ min: 2, max: 32 }),
    bounded: fc.boolean(),
    known: fc.boolean(),
    hint: fc.integer({ min: -90 * 86_400, max: 90 * 86_400 }),
    near: fc.array(fc.integer({ min: -60 * 3600, max: 60 * 3600 }), { minLength: 8, maxLength: 8 }),
  })
  const property = fc.property(
    input,
    ({ reading: api, start, length, parts, bounded, known, hint, near }) => {
      const rule = ruleOf(api.unit)
      const whole: OpenWindow = { after: start, ...(bounded ? { before: start + length } : {}) }
      const windows = splitWindow({
        rule,
        window: whole,
        parts,
        oldest: start + hint,
        newest: start + length,
        timezone: known ? api.zone : undefined,
      })
      const bounds = windows
        .flatMap(({ after, before }) => [after, before])
        .filter((one) => one !== undefined)
      const moments = bounds.flatMap((bound) => [
        bound - 1,
        bound,
        bound + 1,
        ...near.map((by) => bound + by),
      ])
      for (const one of moments) {
        if (!matches(one, whole, api)) continue
        expect(
          windows.some((window) => matches(one, window, api)),
          `${one} is in none of ${JSON.stringify(windows)}`,
        ).toBe(true)
      }
    },
  )
  fc.assert(property, { seed, numRuns: 250 })
})

test('a window from a checkpoint matches every second since it, however the API reads its bounds', () => {
  const input = fc.record({ reading, through: moment, now: fc.integer({ min: 0, max: 40 * 86_400 }) })
  const property = fc.property(input, ({ reading: api, through, now }) => {
    const plan = planWindows({
      rule: ruleOf(api.unit),
      checkpoint: { version: 1, through },
      startAt: undefined,
      now: through + now,
      partitions: 1,
    })
    for (const since of [0, 1, 59, 3600, now]) {
      expect(plan.windows.some((window) => matches(through + since, window, api))).toBe(true)
    }
    expect(plan.through).toBeLessThanOrEqual(Math.max(through, through + now - 600))
  })
  const onLongestDay = { reading: longestDay, through: 1_351_468_799, now: 0 }
  fc.assert(property, { seed, numRuns: 500, examples: [[onLongestDay]] })
})

test('who is listed, and never found, is looked for in eight reads, and then believed to be gone', () => {
  let claimed: Checkpoint | undefined
  let reads = 0
  do {
    const vanished = claimed?.vanished?.map(({ key }) => key)
    const window = vanished ? { after: 0, vanished } : { after: 0 }
    const progress = new ReadProgress({ through: 1000, claimed, windows: [window] })
    progress.apply({ type: 'vanished', window: 0, key: 'ghost', time: 500 })
    progress.apply({ type: 'window', window: 0 })
    claimed = progress.checkpoint()
    reads++
  } while (claimed.vanished && reads < 100)
  expect(reads).toBe(8)
})

interface Looked {
  readonly reading: Reading
  readonly through: number
  /** Of those that vanished: so many seconds before. */
  readonly ages: number[]
  readonly filter: 'server' | 'client'
  readonly newestFirst: boolean
  readonly longestDays: number | undefined
}

test('whatever vanished is wanted of a window that lists it, however the API reads its bounds', () => {
  const input: fc.Arbitrary<Looked> = fc.record({
    reading,
    through: moment,
    ages: fc.array(fc.integer({ min: 0, max: 200 * 3600 }), { minLength: 1, maxLength: 40 }),
    filter: fc.constantFrom('server' as const, 'client' as const),
    newestFirst: fc.boolean(),
    longestDays: fc.constantFrom(undefined, 4, 31),
  })
  const property = fc.property(input, ({ reading: api, through, ages, ...more }) => {
    const { longestDays, ...others } = more
    const rule: CheckpointRule = {
      ...ruleOf(api.unit),
      ...others,
      ...(longestDays === undefined ? {} : { longestDays }),
    }
    const vanished = ages.map((age, at) => ({ key: String(at), time: through - age, partition: at % 2 }))
    const plan = planWindows({
      rule,
      checkpoint: { version: 1, through, vanished },
      startAt: undefined,
      now: through + 900,
      partitions: 2,
    })
    for (const { key, time, partition } of vanished) {
      const wanted = plan.windows.filter((window) => window.vanished?.includes(key))
      expect(wanted.every((window) => window.partition === partition)).toBe(true)
      expect(wanted.some((window) => matches(time, window, api))).toBe(true)
    }
    const main = plan.windows.filter(({ only }) => only !== true)
    expect(main.map((window) => ({ ...window, vanished: undefined }))).toEqual(
      planWindows({
        rule,
        checkpoint: { version: 1, through },
        startAt: undefined,
        now: through + 900,
        partitions: 2,
      }).windows,
    )
    expect(lookForVanished(main, [], rule)).toBe(main)
  })
  const rule = { filter: 'server', newestFirst: false, longestDays: undefined } as const
  const onLongestDay: Looked = { reading: longestDay, through: 1_351_375_201, ages: [1], ...rule }
  fc.assert(property, { seed, numRuns: 250, examples: [[onLongestDay]] })
})

test('a checkpoint never moves back, also where the API’s clock does', () => {
  const plan = planWindows({
    rule: ruleOf('second'),
    checkpoint: { version: 1, through: 1_700_000_000 },
    startAt: undefined,
    now: 1_600_000_000,
    partitions: 1,
  })
  expect(plan.through).toBe(1_700_000_000)
})

test.each(['second', 'day'] as const)(
  'a row that spoils its windows in every run (by the %s) leaves no more of them open from run to run, and nothing beyond it is claimed',
  (unit) => {
    const api: Reading = { unit, zone: 'Pacific/Apia', inclusive: true }
    const claimed: Checkpoint = { version: 1, through: 1_700_000_000 }
    const bad = 1_700_000_500
    let checkpoint = claimed
    const run = (now: number, spoilt: boolean) => {
      const plan = planWindows({ rule: ruleOf(unit), checkpoint, startAt: undefined, now, partitions: 1 })
      const progress = new ReadProgress({ ...plan, claimed: checkpoint })
      for (const [number, window] of progress.windows) {
        const fails = spoilt && matches(bad, window, api)
        progress.apply({ type: fails ? 'failed' : 'window', window: number })
      }
      checkpoint = progress.checkpoint()
    }
    const quarterHour = 900
    for (let runs = 1; runs <= 400; runs++) {
      const now = bad + runs * quarterHour
      run(now, true)
      expect(checkpoint.through).toBe(claimed.through)
      expect(checkpoint.reading?.through, 'the newest that was read').toBe(now - 600)
      expect(checkpoint.reading?.windows.length).toBeLessThanOrEqual(2)
      expect(checkpoint.reading?.windows.some((window) => matches(bad, window, api))).toBe(true)
    }
    const healed = bad + 401 * quarterHour
    run(healed, false)
    expect(checkpoint).toEqual({ version: 1, through: healed - 600 })
  },
)
