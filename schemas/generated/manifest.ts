/* Generated from the JSON Schema of the same name by `npm run generate`. */

/**
 * A base URL, or one whose first label is a setting of the connection (a company's own subdomain).
 */
export type Host = FixedHost | SubdomainHost
export type FixedHost = string
/**
 * A JSON value in which { $from: name } stands for a value known at the time of the request, and { $when: name, $value: … } for a value that is sent only when that name is known. and { $text: ["updated >= ", { $from: window.after }] } for a text of several pieces (a filter in the API's own query language), in which only names stand whose values Penstock or the manifest's author made: window.*, page.number, page.offset, page.size, partition.*, settings.*, run.startedAt. Each may carry $else: what is sent when the name is not known (so { $when: page.cursor, $else: … } is sent with the first page only). What is unknown is left out of its list or object; a text with an unknown piece is unknown. Names: window.after window.before page.cursor page.number page.offset page.size parent.<path> partition.<name> settings.<name> account.<name> run.startedAt; in fill also record.<path>, the record as the API sent it.
 */
export type Template = unknown
export type Authentication =
  NoAuthentication | BearerAuthentication | ApiKeyAuthentication | BasicAuthentication | OAuth2Authentication
/**
 * unauthorized: the credential is dead, the run stops. missing_scope, plan_gate, forbidden: this object is skipped. gone: the record no longer exists. empty: no refusal at all, the list has nothing (304, or a 404 that says so). busy: someone holds what only one may have; try again after afterSeconds. rate_limited, unavailable: try again. restart: the list must be read again from its start. invalid_request: the request is wrong, trying again will not help.
 */
export type ErrorMeaning =
  | 'unauthorized'
  | 'missing_scope'
  | 'plan_gate'
  | 'forbidden'
  | 'gone'
  | 'empty'
  | 'busy'
  | 'rate_limited'
  | 'unavailable'
  | 'restart'
  | 'invalid_request'
  | 'version_mismatch'
/**
 * Where the records are. With several paths, the first that is present. None present: the answer is not an answer.
 */
export type RecordsAt = string | [string, ...string[]] | RecordsPlace
/**
 * How the pages follow each other, such as { type: cursor, nextAt: paging.next }; { type: none } where one answer is all.
 */
export type Pagination =
  | SinglePage
  | CursorPages
  | NumberedPages
  | OffsetPages
  | LastRecordPages
  | LinkHeaderPages
  | NextUrlPages
  | ScrollPages
export type DerivedField = ElementField | ParentField | IndexField

/**
 * Everything Penstock knows about one API, as data. Paths are dotted (pages.next.starting_after); a path that meets a list takes its elements by index; a dot in a key's own name stands behind a backslash (@odata\.nextLink). An empty path is the whole value. In pagination a path may also be $header.<name>: a header of the answer.
 */
export interface Manifest {
  /**
   * The word a pipeline document uses: source.connector.
   */
  name: string
  /**
   * What people read.
   */
  title: string
  description?: string
  /**
   * Where the API is described, for people.
   */
  documentation?: string
  api: Api
  /**
   * What a connection asks its owner for, beside the region. A secret is only ever given by reference.
   */
  settings?: {
    [k: string]: Setting
  }
  /**
   * The ways to prove who is asking, best first. A connection uses the first whose settings it has.
   *
   * @minItems 1
   */
  authentication: [Authentication, ...Authentication[]]
  check: Check
  /**
   * The permissions the API grants one by one, and the objects each unlocks.
   */
  scopes?: {
    [k: string]: Scope
  }
  /**
   * What the API's refusals mean. The first rule that matches decides; with none, the status does (401 unauthorized, 403 forbidden, 404 gone, 429 rate_limited, 408 and 5xx unavailable, other 4xx invalid_request).
   */
  errors?: ErrorRule[]
  errorAt?: ErrorAt
  rateLimits?: RateLimits
  /**
   * What can be read: table name → object.
   */
  objects: {
    [k: string]: ObjectManifest
  }
}
/**
 * Where the API is: regions, each with a title and a base URL.
 */
export interface Api {
  /**
   * Where accounts live. An API with one home has one region.
   */
  regions: {
    [k: string]: Region
  }
  /**
   * Which region a connection is in when it does not say. Absent: the first.
   */
  defaultRegion?: string
  /**
   * Sent with every request.
   */
  headers?: {
    [k: string]: Template
  }
  echo?: Echo
}
export interface Region {
  title: string
  api: Host
  authorize?: Host
  /**
   * What choosing this region implies for where data is kept.
   */
  residency?: string
}
export interface SubdomainHost {
  type: 'subdomain'
  /**
   * The setting that holds the subdomain: letters, digits and hyphens.
   */
  setting: string
  /**
   * The rest of the host name.
   */
  domain: string
  /**
   * A path before every request's own.
   */
  path?: string
}
/**
 * A response header that must come back with this value wherever it is present; anything else means that someone else chose the API's version.
 */
export interface Echo {
  header: string
  equals: string
}
export interface Setting {
  title: string
  description?: string
  secret?: boolean
  optional?: boolean
  default?: string
}
/**
 * An API that anyone may ask.
 */
export interface NoAuthentication {
  type: 'none'
  title?: string
}
/**
 * Authorization: Bearer <token>, or another scheme word.
 */
export interface BearerAuthentication {
  type: 'bearer'
  title?: string
  /**
   * The setting that holds the token.
   */
  token: string
  scheme?: string
}
export interface ApiKeyAuthentication {
  type: 'api_key'
  title?: string
  /**
   * The setting that holds the key.
   */
  key: string
  in: 'header' | 'query'
  /**
   * The header's or the query parameter's name.
   */
  name: string
  /**
   * Written before the key, blank included.
   */
  prefix?: string
  /**
   * Further secrets that every request carries, for an API that asks for two keys.
   *
   * @minItems 1
   */
  also?: [FurtherKey, ...FurtherKey[]]
}
export interface FurtherKey {
  /**
   * The setting that holds it.
   */
  key: string
  in: 'header' | 'query'
  name: string
  prefix?: string
}
export interface BasicAuthentication {
  type: 'basic'
  title?: string
  /**
   * The setting that holds the user name.
   */
  username: string
  /**
   * Written after the user name (Zendesk: /token).
   */
  usernameSuffix?: string
  /**
   * The setting that holds the password; absent: an empty one.
   */
  password?: string
}
/**
 * OAuth 2.0. With refresh, tokens are renewed before they expire and when the API refuses one; without, a token lives until it is revoked.
 */
export interface OAuth2Authentication {
  type: 'oauth2'
  title?: string
  grant: 'authorization_code' | 'client_credentials'
  /**
   * Where the person agrees: a path on the region's authorize host, or a URL.
   */
  authorizeUrl?: string
  /**
   * Where codes and refresh tokens are exchanged: a path on the region's API host, or a URL. In both URLs {name} after the host stands for a setting that is not secret (a tenant).
   */
  tokenUrl: string
  /**
   * Sent to the authorize URL beside what OAuth itself asks for (access_type). References are to settings.
   */
  authorizeFields?: {
    [k: string]: Template
  }
  /**
   * Sent to the token URL beside what OAuth itself asks for (audience, resource). With client_credentials it may name another grant_type. References are to settings.
   */
  tokenFields?: {
    [k: string]: Template
  }
  /**
   * The word before the access token in the Authorization header.
   */
  scheme?: string
  /**
   * Access tokens expire and are renewed with a refresh token.
   */
  refresh?: boolean
  /**
   * The setting that holds the client id.
   */
  clientId?: string
  clientSecret?: string
  refreshToken?: string
  accessToken?: string
  /**
   * How the client proves itself at the token URL.
   */
  credentialsIn?: 'body' | 'basic'
  bodyFormat?: 'form' | 'json'
  accessTokenAt?: string
  refreshTokenAt?: string
  expiresInAt?: string
  /**
   * Asked for at the authorize URL; absent where permissions belong to the app.
   */
  scopesRequested?: string[]
  pkce?: boolean
}
/**
 * A request that shows that the connection works, and whose account it is, such as { request: { path: /me } }.
 */
export interface Check {
  request: Request
  account?: AccountPaths
  /**
   * A missing scope here says nothing about the objects: carry on without the account's details.
   */
  mayLackScope?: boolean
}
/**
 * What is asked, such as { path: /orders }.
 */
export interface Request {
  method?: 'GET' | 'POST'
  /**
   * Below the API host. {name} is taken from pathParameters, encoded.
   */
  path: string
  pathParameters?: {
    [k: string]: Template
  }
  query?: {
    [k: string]: Template
  }
  headers?: {
    [k: string]: Template
  }
  body?: Template
  bodyFormat?: 'json' | 'form'
  /**
   * How long a good answer may take to begin, at the worst.
   */
  timeoutSeconds?: number
}
/**
 * Where the answer tells of the account. id names it: data of two accounts is never mixed in one table. Without an id the API host and path stand for it, as where every customer has a subdomain.
 */
export interface AccountPaths {
  id?: string
  name?: string
  region?: string
  timezone?: string
  createdAt?: string
  [k: string]: string | undefined
}
export interface Scope {
  /**
   * The permission as the API's own pages call it.
   */
  title: string
  /**
   * What it unlocks.
   */
  objects: string[]
  source?: string
}
export interface ErrorRule {
  status?: number[]
  /**
   * Any of these, found at errorAt.code: text or numbers.
   */
  codes?: (string | number)[]
  /**
   * Any of these words, found at errorAt.message, in any case.
   */
  messageIncludes?: string[]
  /**
   * Path → the value that the body has there (ok: false).
   */
  bodyHas?: {
    [k: string]: string | number | boolean | null
  }
  /**
   * At each of these paths the body has something: not null, false, an empty text or an empty list (GraphQL: errors).
   *
   * @minItems 1
   */
  present?: [string, ...string[]]
  means: ErrorMeaning
  /**
   * How long to wait before each new try; when the list is used up, give up.
   */
  afterSeconds?: number[]
  /**
   * What a person can do, in a sentence.
   */
  advice?: string
  source?: string
}
/**
 * Where an error body keeps its code and message.
 */
export interface ErrorAt {
  code?: string
  message?: string
}
/**
 * How the API says how much may be asked. Without headers only concurrency bounds a run, and a 429 makes it wait.
 */
export interface RateLimits {
  /**
   * At most so many requests at once, where the pipeline does not say.
   */
  concurrency?: number
  headers?: RateLimitHeaders
  /**
   * unix_seconds, unix_millis, iso8601: the moment the window ends. delta_seconds: so long from now.
   */
  resetFormat?: 'unix_seconds' | 'unix_millis' | 'iso8601' | 'delta_seconds'
  /**
   * How long a window lasts, where the headers do not show it.
   */
  windowSeconds?: number
  /**
   * The published budgets, for people and for the first requests of a run.
   */
  budgets?: Budget[]
}
export interface RateLimitHeaders {
  limit?: string
  remaining?: string
  reset?: string
  retryAfter?: string
}
export interface Budget {
  per: string
  calls: number
  seconds: number
  source?: string
}
export interface ObjectManifest {
  /**
   * What people read.
   */
  title: string
  description?: string
  group?: 'core' | 'extended' | 'derived'
  /**
   * incremental: merged by primary key. full_refresh: replaced as a whole, from a read that is proved complete. A derived object has its parent's.
   */
  mode: 'incremental' | 'full_refresh'
  /**
   * A pipeline may say from when on records are picked up.
   */
  startDate?: boolean
  /**
   * The fields that tell records apart, such as [id].
   *
   * @minItems 1
   */
  primaryKey: [string, ...string[]]
  /**
   * The record's JSON Schema: a file beside the manifest.
   */
  record: string
  checkpoint?: CheckpointRule
  /**
   * How the records are read: type: list, children or derived.
   */
  read: ListRead | ChildrenRead | DerivedRead
  count?: Count
  notes?: Note[]
}
/**
 * How an object is read from where the last run left off.
 */
export interface CheckpointRule {
  /**
   * When a record last changed (or, append-only, when it was made).
   */
  field: string
  /**
   * iso8601: 2026-01-31T10:20:30Z. datetime: 2026-01-31 10:20:30, in UTC. date: 2026-01-31. rfc2822: Sat, 31 Jan 2026 10:20:30 +0000. json_date: /Date(1769854830000+0000)/, milliseconds, as .NET writes it (Xero, OData 2). Numbers may come as text.
   */
  format:
    'unix_seconds' | 'unix_millis' | 'unix_micros' | 'iso8601' | 'datetime' | 'date' | 'rfc2822' | 'json_date'
  /**
   * server: the request carries window.after. client: the API cannot filter; everything is read and only what changed is kept.
   */
  filter: 'server' | 'client'
  /**
   * How window.after and window.before are written; absent: as format. rfc2822 is written as HTTP does (If-Modified-Since).
   */
  sendAs?: 'unix_seconds' | 'unix_millis' | 'unix_micros' | 'iso8601' | 'datetime' | 'date' | 'rfc2822'
  /**
   * What the API's filter truly compares, at the worst. day: whole days in an unknown zone, so bounds are widened by 26 hours. Absent: day where bounds are sent as date, else second.
   */
  granularity?: 'second' | 'minute' | 'day'
  /**
   * How far before the checkpoint each read begins.
   */
  overlapSeconds?: number
  /**
   * How long a change may take to become findable. A checkpoint never claims less than this ago.
   */
  lagSeconds?: number
  /**
   * open: the newest window has no upper bound. run_start: it ends at the run's start, so that pages hold still.
   */
  ends?: 'open' | 'run_start'
  /**
   * The API takes no window longer than this: what is to be read is asked for in several. Needs ends: run_start.
   */
  longestDays?: number
  /**
   * The API refuses to look further back than this; older records are never asked for.
   */
  oldestDays?: number
  /**
   * client: the list is in falling order of the field, so reading may stop at the checkpoint less overlap.
   */
  newestFirst?: boolean
  /**
   * Records never change once made.
   */
  appendOnly?: boolean
}
/**
 * The API has a list of them.
 */
export interface ListRead {
  type: 'list'
  request: Request
  recordsAt: RecordsAt
  pagination: Pagination
  /**
   * The list is read once for each of these, and they make one table together.
   *
   * @minItems 1
   */
  partitions?: [
    {
      [k: string]: string | number | boolean
    },
    ...{
      [k: string]: string | number | boolean
    }[]
  ]
  /**
   * Fields set where the record lacks them.
   */
  fill?: {
    [k: string]: Template
  }
  /**
   * The API gives at most so many records of one question, however many there are (a search that stops at 10,000). A window with more is cut in two; a list that cannot be cut fails, and is never taken for whole.
   */
  mostRecords?: number
  sample?: Sample
}
export interface RecordsPlace {
  /**
   * The path, or several.
   */
  at: string | [string, ...string[]]
  /**
   * Where in each element the record is (node, customer).
   */
  each?: string
  /**
   * What is there is an object whose members are the records. A member's name goes into this field, where the record lacks it; a member that is no object goes into the field value.
   */
  keyedBy?: string
  /**
   * Each record is a list of values: their names, in order.
   *
   * @minItems 1
   */
  columns?: [string, ...string[]]
  /**
   * What is there is one record, and no list.
   */
  one?: boolean
  /**
   * Nothing at the path (null, or no such key) and an answer without content (204) are an empty list. Only for an API that answers so: everywhere else that is a failure which must not look like the end.
   */
  absentMeansEmpty?: boolean
}
/**
 * The whole list comes in one answer.
 */
export interface SinglePage {
  type: 'none'
}
/**
 * Each answer names the next page by a token, sent back as page.cursor. The end is an answer without one.
 */
export interface CursorPages {
  type: 'cursor'
  /**
   * The path of the next page's token in the answer; with several paths, the first that has one. A list or an object is sent back as it is (search_after).
   */
  nextAt: string | [string, ...string[]]
  /**
   * A boolean that says whether there is a next page; the end is false, whatever stands at nextAt.
   */
  moreAt?: string
  /**
   * A boolean that says that this is the last page; the end is true, whatever stands at nextAt (an export that gives a token to go on from next time).
   */
  endAt?: string
  /**
   * A page without records is the last, whatever stands at nextAt, for an API that always names a next page.
   */
  emptyMeansEnd?: boolean
  /**
   * A hint for planning; never trusted.
   */
  totalPagesAt?: string
  /**
   * A hint for planning; never trusted.
   */
  totalAt?: string
  size?: number
  /**
   * The token names a position in the data, so that a later run may go on from it. A refused token only costs its window.
   */
  resumable?: boolean
}
/**
 * Pages are asked for by number. The end: the last of totalPagesAt; else nothing at nextAt; else, where the answer says neither, a page that is not full.
 */
export interface NumberedPages {
  type: 'page'
  first?: number
  totalPagesAt?: string
  /**
   * Anything but null, false or absent means that there is a next page.
   */
  nextAt?: string
  /**
   * A boolean that says that this is the last page.
   */
  endAt?: string
  /**
   * How many records there are. Where an API gives its last page again for every further number, this shows that it was the last.
   */
  totalAt?: string
  size?: number
  /**
   * page.number is unknown for the first page.
   */
  omitFirst?: boolean
  /**
   * An answer that says nothing of pages is the whole list.
   */
  absentMeansEnd?: boolean
  /**
   * The list does not move while it is read.
   */
  resumable?: boolean
}
/**
 * page.offset counts records. The end: totalAt reached; else moreAt false or endAt true; else a page that is not full.
 */
export interface OffsetPages {
  type: 'offset'
  /**
   * page.offset of the first record; 1 where the API counts from one (startIndex, STARTPOSITION).
   */
  first?: number
  totalAt?: string
  moreAt?: string
  /**
   * A boolean that says that this is the last page.
   */
  endAt?: string
  size: number
}
/**
 * Each page begins after the last record of the one before: what that record has at the path is sent back as page.cursor (starting_after: its id). The end: moreAt false or endAt true; else, where neither is declared, a page that is not full, or with no size an empty one.
 */
export interface LastRecordPages {
  type: 'last_record'
  /**
   * A path in the record, as the API sent it.
   */
  at: string
  /**
   * A boolean that says whether there is a next page.
   */
  moreAt?: string
  /**
   * A boolean that says that this is the last page.
   */
  endAt?: string
  /**
   * A hint for planning; never trusted.
   */
  totalAt?: string
  size?: number
}
/**
 * The Link header names the next URL (RFC 8288). It is followed only on the connection's own host.
 */
export interface LinkHeaderPages {
  type: 'link_header'
  rel?: string
  /**
   * The end is a link that has these attributes, for an API that always names a next page (Sentry: results="false").
   */
  endWhen?: {
    [k: string]: string
  }
  size?: number
}
/**
 * The answer holds the next URL, whole or as a path. It is followed only on the connection's own host.
 */
export interface NextUrlPages {
  type: 'next_url'
  /**
   * The path of the next page's URL in the answer; with several paths, the first that has one.
   */
  nextAt: string | [string, ...string[]]
  /**
   * A boolean that says whether there is a next page; the end is false, whatever stands at nextAt.
   */
  moreAt?: string
  /**
   * A boolean that says that this is the last page; the end is true, whatever stands at nextAt.
   */
  endAt?: string
  /**
   * A page without records is the last, whatever stands at nextAt, for an API that always names a next page (Mailgun).
   */
  emptyMeansEnd?: boolean
  totalAt?: string
  size?: number
}
/**
 * A server-side scroll: one at a time for each account, no resuming, the end is an empty page. It is drained before anything waits on it. The token is sent back as page.cursor and may be the same on every page.
 */
export interface ScrollPages {
  type: 'scroll'
  tokenAt: string
  /**
   * How long it lives without a request.
   */
  idleSeconds?: number
  size?: number
}
/**
 * Another list of the same records that may be asked at any time, for a preview and a count: for a list that only one reader may have (a scroll). It may leave some out; count.why says which.
 */
export interface Sample {
  request: Request
  recordsAt: RecordsAt
  pagination: Pagination
}
/**
 * Read parent by parent: a request for each parent that changed. A parent that is gone is counted, not an error. Children that are no longer returned stay.
 */
export interface ChildrenRead {
  type: 'children'
  parent: string
  /**
   * Columns taken from the parent: ours → its path.
   */
  keys: {
    [k: string]: string
  }
  request: Request
  recordsAt: RecordsAt
  pagination?: Pagination
  /**
   * Where the parent's record says how many it has: a path. Absent: where cap says.
   */
  countAt?: string
  cap?: Cap
}
/**
 * The API gives at most so many; where the count at the path says that there are more, the run says so.
 */
export interface Cap {
  atMost: number
  /**
   * In the answer, or, where it is not there, in the parent.
   */
  countAt: string
}
/**
 * Read out of a list inside the parent's record; no request of its own, unless the list is cut short. The rows of a parent are replaced as a whole.
 */
export interface DerivedRead {
  type: 'derived'
  parent: string
  /**
   * The list in the parent's record. Absent or null: no rows.
   */
  at: string
  /**
   * Each column and where it comes from.
   */
  fields: {
    [k: string]: DerivedField
  }
  rest?: Rest
}
export interface ElementField {
  /**
   * A path in the list's element; empty: the element itself.
   */
  at: string
}
export interface ParentField {
  /**
   * A path in the parent's record.
   */
  parent: string
}
export interface IndexField {
  /**
   * The element's position, from 0.
   */
  index: true
}
/**
 * Where the embedded list is only the beginning, the whole list is read from here.
 */
export interface Rest {
  /**
   * A boolean in the parent's record that says that there is more.
   */
  when: string
  /**
   * For records that say nothing there: how many elements there are in all. More than the embedded list holds means that there is more.
   */
  countAt?: string
  request: Request
  recordsAt: RecordsAt
  pagination: Pagination
}
/**
 * How far the number of records can be relied on that the API reports.
 */
export interface Count {
  /**
   * It is known not to agree always.
   */
  approximate: boolean
  /**
   * What makes it differ, in a sentence for people.
   */
  why: string
  source?: string
}
/**
 * What would surprise a stranger, and how we know.
 */
export interface Note {
  text: string
  source: string
}
