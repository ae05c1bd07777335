import type { Answer } from '../answer.ts'
import type { CursorList } from '../paging/cursor-list.ts'
import type { CompanyScroll } from '../paging/company-scroll.ts'
import type { Workspace } from '../workspace.ts'

/** What every handler may use. */
export interface ApiContext {
  readonly workspace: Workspace
  readonly lists: {
    readonly contacts: CursorList
    readonly conversations: CursorList
    readonly tickets: CursorList
  }
  readonly scroll: CompanyScroll
  /** Where the sandbox answers, for URLs in `pages.next`. */
  readonly baseUrl: () => string
}

/** A request that reached its handler. */
export interface ApiRequest {
  readonly path: string
  readonly query: URLSearchParams
  /** The path's variable part, decoded; empty where there is none. */
  readonly id: string
  readonly body: unknown
  /** Grows with every request: signatures of attachments differ by it. */
  readonly number: number
}

export type Handler = (context: ApiContext, request: ApiRequest) => Answer

/** An endpoint of the API: which requests it takes, and the permission it needs. */
export interface Route {
  readonly method: 'GET' | 'POST'
  /** Segments; `:id` stands for one variable segment. */
  readonly path: string
  /** The label of the permission, or undefined where any token may. */
  readonly scope: string | undefined
  readonly handle: Handler
}

export const scopes = {
  people: 'Read and list users and companies',
  oneOfPeople: 'Read one user and one company',
  conversations: 'Read conversations',
  tags: 'Read tags',
  tickets: 'Read tickets',
  admins: 'Read admins',
  oneAdmin: 'Read one admin',
  activityLogs: 'Read admin activity logs',
  articles: 'Read and List articles',
} as const
