import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'

/** One page of a list, and where the next one begins. */
export interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}

/** At most so many items come at once. */
export const pageSize = 50

/**
 * A list that is read page by page. The question is sent as it is: the library's own way adds a field to it, which the
 * server refuses. The key says what was asked, and begins as the procedure's, so that invalidating the one reaches the other.
 */
export function usePages<Item>(
  queryKey: QueryKey,
  read: (cursor: string | undefined) => Promise<PageOf<Item>>,
) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: startingCursor,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

const startingCursor: string | undefined = undefined
