import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Page } from '@penstock/server/engine/fetch-page.ts'
import type { PageAt } from '@penstock/server/engine/next-page.ts'
import { readChain } from '@penstock/server/engine/read-chain.ts'

describe('a chain of pages', () => {
  const page = (records: readonly unknown[], next?: PageAt): Page => ({
    records,
    answer: {},
    next,
    total: undefined,
    totalPages: undefined,
    bytes: 1,
  })
  const drain = async (pages: (at: PageAt) => Page) => {
    const seen: unknown[] = []
    for await (const one of readChain(async (at) => pages(at), { cursor: 0 })) seen.push(...one.records)
    return seen
  }

  test('is read to its end, in order', async () => {
    const last = 20
    const seen = await drain(({ cursor: at }) =>
      page([Number(at)], Number(at) < last ? { cursor: Number(at) + 1 } : undefined),
    )
    expect(seen).toEqual(Array.from({ length: last + 1 }, (_, at) => at))
  })

  test('that turns in a circle of any length ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        async (lead, length) => {
          const circle = drain(({ cursor: at }) => {
            const next = Number(at) + 1
            return page([Number(at)], { cursor: next < lead + length ? next : lead })
          })
          await expect(circle).rejects.toThrow('circle')
        },
      ),
    )
  })

  test('that repeats its records under ever new names ends', async () => {
    await expect(drain(({ cursor: at }) => page([{ id: 1 }], { cursor: Number(at) + 1 }))).rejects.toThrow(
      'repeats',
    )
  })

  test('that gives its last page again, after all that it says there are, ends with it', async () => {
    const total = 6
    const numbered = ({ cursor = 0 }: PageAt, unsaid?: true) => {
      const at = Math.min(Number(cursor), 2)
      return { ...page([at * 2, at * 2 + 1], { cursor: Number(cursor) + 1, unsaid }), total }
    }
    expect(await drain((at) => numbered(at, true))).toEqual([0, 1, 2, 3, 4, 5, 4, 5])
    await expect(drain((at) => numbered(at))).rejects.toThrow('repeats')
  })

  test('may have empty pages, but not without end', async () => {
    const gaps = ({ cursor: at }: PageAt) =>
      page(Number(at) % 500 === 0 ? [at] : [], Number(at) < 2000 ? { cursor: Number(at) + 1 } : undefined)
    expect(await drain(gaps)).toEqual([0, 500, 1000, 1500, 2000])
    await expect(drain(({ cursor: at }) => page([], { cursor: Number(at) + 1 }))).rejects.toThrow('empty')
  })

  test('with a record of any depth goes on, so that it can be set aside', async () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
    expect(await drain(() => page([deep]))).toHaveLength(1)
  })
})
