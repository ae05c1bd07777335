/** One page of a list that is read by page number. */
export interface NumberedPage<T> {
  readonly records: readonly T[]
  /** The `pages` object as JSON text; `next` is a whole URL, or null on the last page. */
  readonly pages: string
}

/** What is asked of a numbered list; `max` is the largest per_page that is not lowered. */
export interface NumberedPageWanted {
  readonly query: URLSearchParams
  readonly byDefault: number
  readonly max: number
  /** The URL of the list itself, without its query. */
  readonly url: string
}

/** The page that `page` and `per_page` ask for. Pages are cut from the list as it is now, so they shift when it does. */
export function numberedPage<T>(
  all: readonly T[],
  { query, byDefault, max, url }: NumberedPageWanted,
): NumberedPage<T> {
  const page = positive(query.get('page'), 1)
  const perPage = Math.min(positive(query.get('per_page'), byDefault), max)
  const totalPages = Math.ceil(all.length / perPage)
  const following = new URLSearchParams(query)
  following.set('page', String(page + 1))
  following.set('per_page', String(perPage))
  const next = page < totalPages ? `"${url}?${following.toString()}"` : 'null'
  return {
    records: all.slice((page - 1) * perPage, page * perPage),
    pages: `{"type":"pages","next":${next},"page":${page},"per_page":${perPage},"total_pages":${totalPages}}`,
  }
}

function positive(text: string | null, byDefault: number): number {
  const number = Number(text)
  return text !== null && Number.isInteger(number) && number > 0 ? number : byDefault
}
