import type { OpenTables, Row, Written } from '@penstock/server/engine/destination.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commitOf, contacts } from './rows-of-tests.ts'
import type { TestDestination } from './test-destination.ts'

type Version = number | null
type Step =
  | { readonly type: 'commit'; readonly rows: readonly Row[]; readonly gone: readonly string[] }
  | { readonly type: 'stage'; readonly rows: readonly Row[] }
  | { readonly type: 'publish' }
  | { readonly type: 'open' }

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const row = fc.tuple(id, fc.constantFrom('x', 'y', '', null), fc.option(fc.integer({ min: 1, max: 3 })))
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('commit' as const),
    rows: fc.uniqueArray(row, { selector: ([key]) => key }),
    gone: fc.uniqueArray(id, { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('stage' as const), rows: fc.array(row, { maxLength: 8 }) }),
  fc.record({ type: fc.constant('publish' as const) }),
  fc.record({ type: fc.constant('open' as const) }),
)

/** Whatever happens, in whatever order, the table is what a model in memory says. */
export function modelContract(destination: () => TestDestination): void {
  test('any sequence of commits, publications and claims leaves what a model in memory says, and counts what it did', async () => {
    let runs = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        runs += 1
        const spec = { ...contacts, object: `contacts_${runs}` }
        let tables = await destination().open([spec])
        const model = new Model()
        for (const each of steps) {
          if (each.type === 'open') tables = await reopen(tables, () => destination().open([spec]))
          expect(await apply(tables, spec.object, each)).toEqual(model.apply(each))
          const landed = await destination().rows(
            spec.object,
            'id, name, updated_at, _deleted_at is not null as gone',
          )
          expect(landed).toEqual(model.rows())
        }
        await tables.release()
      }),
      { numRuns: 10, endOnFailure: true },
    )
  })
}

async function reopen(tables: OpenTables, open: () => Promise<OpenTables>): Promise<OpenTables> {
  const next = await open()
  await tables.release()
  return next
}

async function apply(tables: OpenTables, object: string, each: Step): Promise<Written | undefined> {
  switch (each.type) {
    case 'commit':
      return (await tables.commit(commitOf(object, each.rows, { gone: each.gone.map((key) => [key]) }))).get(
        object,
      )
    case 'stage':
      await tables.stage([{ object, rows: each.rows }])
      return undefined
    case 'publish':
      return (
        await tables.publish({ objects: [object], guard: false, rejected: [], checkpoints: new Map() })
      ).get(object)
    case 'open':
      return undefined
  }
}

interface ModelRow {
  readonly name: unknown
  readonly version: Version
  readonly gone: boolean
}

class Model {
  readonly #rows = new Map<string, ModelRow>()
  #staged: Row[] = []

  apply(each: Step): Written | undefined {
    switch (each.type) {
      case 'commit': {
        const loaded = this.#merge(each.rows)
        return { loaded, unchanged: each.rows.length - loaded, deleted: this.#markGone(each.gone) }
      }
      case 'stage':
        this.#staged.push(...each.rows)
        return undefined
      case 'publish':
        return this.#publish()
      case 'open':
        this.#staged = []
        return undefined
    }
  }

  rows(): unknown[] {
    return [...this.#rows]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, { name, version, gone }]) => ({
        id: key,
        name,
        updated_at: version === null ? null : BigInt(version),
        gone,
      }))
  }

  #merge(rows: readonly Row[]): number {
    const news = rows.filter(([key, name, version]) => {
      const old = this.#rows.get(String(key))
      if (!old) return true
      const older = old.version !== null && version !== null && Number(version) < old.version
      return !older && (old.gone || old.name !== name || old.version !== version)
    })
    for (const [key, name, version] of news) {
      this.#rows.set(String(key), {
        name,
        version: typeof version === 'number' ? version : null,
        gone: false,
      })
    }
    return news.length
  }

  #markGone(keys: readonly string[]): number {
    const there = keys.filter((key) => this.#rows.get(key)?.gone === false)
    for (const key of there) {
      const old = this.#rows.get(key)
      if (old) this.#rows.set(key, { ...old, gone: true })
    }
    return there.length
  }

  #publish(): Written {
    const best = new Map<unknown, Row>()
    for (const staged of this.#staged) {
      const other = best.get(staged[0])
      if (!other || Number(staged[2] ?? -1) >= Number(other[2] ?? -1)) best.set(staged[0], staged)
    }
    const leaving = [...this.#rows.keys()].filter((key) => !best.has(key))
    for (const key of leaving) this.#rows.delete(key)
    const loaded = this.#merge([...best.values()])
    const unchanged = this.#staged.length - loaded
    this.#staged = []
    return { loaded, unchanged, deleted: leaving.length }
  }
}
