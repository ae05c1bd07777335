import type { Context } from 'hono'
import type { Thing } from './generic-data.ts'

export type Pages =
  | 'none'
  | 'cursor'
  | 'cursor_with_more'
  | 'cursor_with_end'
  | 'link'
  | 'next_url'
  | 'next_path'
  | 'page_of_total'
  | 'page_with_next'
  | 'page_until_short'
  | 'offset_of_total'
  | 'offset_with_more'
  | 'offset_until_short'
  | 'scroll'

/** The ways in which the configurable API gives a list in pieces. */
export class GenericPages {
  readonly #way: Pages
  readonly #size: number
  readonly #recordsAt: string
  /** The one scroll that may be under way: its list and how far it has come. */
  #scroll: { readonly records: readonly Thing[]; at: number } | undefined

  constructor(way: Pages, size: number, recordsAt: string) {
    this.#way = way
    this.#size = size
    this.#recordsAt = recordsAt
  }

  answer(c: Context, question: ReadonlyMap<string, string>, records: readonly Thing[]): Response {
    if (this.#way === 'scroll') return this.#answerScroll(c, question, records)
    const from = this.#start(question)
    if (Number.isNaN(from)) return c.json({ code: 'bad_page' }, 400)
    const to = this.#way === 'none' ? records.length : Math.min(records.length, from + this.#size)
    const more = to < records.length
    const page = records.slice(from, to)
    if (this.#way === 'link' && more)
      c.header('Link', `<${this.#next(c, to).href}>; rel="next", </base/v1/things>; rel=first`)
    return c.json(this.#wrap(page, this.#around(c, { from, to, total: records.length })))
  }

  /** Where a page begins; NaN for a question that this way of paging does not know. */
  #start(question: ReadonlyMap<string, string>): number {
    switch (this.#way) {
      case 'none':
      case 'scroll':
        return 0
      case 'cursor':
      case 'cursor_with_more':
      case 'cursor_with_end':
      case 'link':
      case 'next_url':
      case 'next_path': {
        const cursor = question.get('cursor')
        return cursor === undefined ? 0 : Number(/^c(\d+)$/.exec(cursor)?.[1] ?? Number.NaN)
      }
      case 'page_of_total':
      case 'page_until_short':
        return (Number(question.get('page')) - 1) * this.#size
      case 'page_with_next':
        // Counts from 0, and the first page is asked for without a number.
        return question.get('page') === '0' ? Number.NaN : Number(question.get('page') ?? 0) * this.#size
      case 'offset_of_total':
      case 'offset_with_more':
      case 'offset_until_short':
        return (
          Number(question.get('offset')) + (question.get('limit') === String(this.#size) ? 0 : Number.NaN)
        )
    }
  }

  /** What stands around the records. */
  #around(
    c: Context,
    at: { readonly from: number; readonly to: number; readonly total: number },
  ): Record<string, unknown> {
    const more = at.to < at.total
    switch (this.#way) {
      case 'none':
      case 'scroll':
      case 'link':
      case 'page_until_short':
      case 'offset_until_short':
        return {}
      case 'cursor':
        return { paging: { next: more ? { token: `c${at.to}` } : null } }
      case 'cursor_with_more':
        return { paging: { more, token: `c${at.to}` } }
      case 'cursor_with_end':
        return { paging: { finished: !more, token: `c${at.to}` } }
      case 'next_url':
        return { paging: { next: more ? this.#next(c, at.to).href : null } }
      case 'next_path': {
        const next = this.#next(c, at.to)
        return { paging: { next: `${next.pathname}${next.search}`, more } }
      }
      case 'page_of_total':
        return { paging: { pages: Math.ceil(at.total / this.#size), total: at.total } }
      case 'page_with_next':
        return { paging: { next: more ? Math.floor(at.to / this.#size) : null } }
      case 'offset_of_total':
        return { paging: { total: at.total } }
      case 'offset_with_more':
        return { paging: { more } }
    }
  }

  /** The next page's URL: the question as it came, a key in it included, and the cursor. */
  #next(c: Context, to: number): URL {
    const url = new URL(c.req.url)
    url.searchParams.set('cursor', `c${to}`)
    return url
  }

  #wrap(page: readonly Thing[], around: Record<string, unknown>): object {
    if (this.#recordsAt === '') return page
    const wrapped = this.#recordsAt
      .split('.')
      .reduceRight<unknown>((inside, key) => ({ [key]: inside }), page)
    return { ...around, ...(typeof wrapped === 'object' ? wrapped : {}) }
  }

  /** One at a time, drained to its empty page, always under the same token. */
  #answerScroll(c: Context, question: ReadonlyMap<string, string>, records: readonly Thing[]): Response {
    const token = question.get('cursor')
    if (token === undefined) {
      if (this.#scroll) return c.json({ code: 'scroll_exists' }, 400)
      this.#scroll = { records, at: 0 }
    } else if (token !== 'the-scroll' || !this.#scroll) return c.json({ code: 'not_found' }, 404)
    const scroll = this.#scroll
    const page = scroll.records.slice(scroll.at, scroll.at + this.#size)
    scroll.at += page.length
    if (page.length === 0) this.#scroll = undefined
    return c.json(this.#wrap(page, { scroll: 'the-scroll' }))
  }
}
