/** One switch of the sandbox: what it changes, what it may be, and what it is when nobody says. */
interface Switch<T> {
  readonly says: string
  readonly byDefault: T
  /** The allowed words; absent for numbers, booleans and lists. */
  readonly oneOf?: readonly T[]
}

function words<const T extends string>(byDefault: NoInfer<T>, oneOf: readonly T[], says: string): Switch<T> {
  return { says, byDefault, oneOf }
}
function number(byDefault: number, says: string): Switch<number> {
  return { says, byDefault }
}
function yesNo(byDefault: boolean, says: string): Switch<boolean> {
  return { says, byDefault }
}
function list(says: string): Switch<readonly string[]> {
  return { says, byDefault: [] }
}

/** Every switch, in one sentence each. Where sources about the real API disagree, a switch gives each side. */
export const behaviourSwitches = {
  contactDates: words(
    'workspace_day',
    ['workspace_day', 'utc_day', 'second'],
    'Contact date filters match whole days of the workspace’s time zone, whole UTC days, or seconds.',
  ),
  contactAfterInclusive: yesNo(
    false,
    'With contactDates second, `>` on a contact’s date also matches the same second.',
  ),
  conversationDates: words(
    'second',
    ['second', 'day'],
    'Conversation and ticket date filters match seconds, or whole UTC days.',
  ),
  afterInclusive: yesNo(true, '`>` and `<` on a conversation’s or ticket’s date also match the same second.'),
  contactSort: words(
    'honoured',
    ['honoured', 'ignored'],
    'Contact search honours `sort`, or answers by last update, newest first.',
  ),
  conversationSort: words(
    'ignored',
    ['honoured', 'ignored'],
    'Conversation search ignores `sort` and answers by last update, newest first, or honours it.',
  ),
  ticketSort: words(
    'ignored',
    ['honoured', 'ignored'],
    'Ticket search ignores `sort` and answers by last update, newest first, or honours it.',
  ),
  indexLagSeconds: number(
    0,
    'Search sees a new or changed contact, conversation or ticket only after so many seconds of the sandbox’s clock.',
  ),
  cursors: words(
    'right',
    ['right', 'loop', 'repeat'],
    'Cursors lead on, go back to page 2 from page 3 on, or lead to the same page for ever.',
  ),
  badCursor: words(
    'server_error',
    ['server_error', 'bad_request'],
    'A cursor that cannot be read is answered with 500 or with 400.',
  ),
  perPageAboveMax: words(
    'error',
    ['error', 'clamp'],
    'A per_page above 150 is a 400 invalid_per_page on cursor endpoints, or is lowered to 150.',
  ),
  scrollToken: words(
    'constant',
    ['constant', 'fresh'],
    'Every page of the companies scroll carries the same scroll_param, or a new one.',
  ),
  scrollExpirySeconds: number(
    60,
    'A companies scroll dies after so many seconds of the sandbox’s clock without a call.',
  ),
  scrollErrorEvery: number(0, 'Every so-many-th scroll call answers 500 and kills the scroll; 0 is never.'),
  scrollLimit: words(
    'one',
    ['one', 'many'],
    'A second scroll while one is open is a 400 scroll_exists, or is allowed.',
  ),
  scrollHidesUserless: yesNo(
    false,
    'The scroll leaves out companies without users, as /companies/list always does.',
  ),
  companyListCeiling: number(
    10_000,
    'A page of /companies/list that ends past so many companies is a 400 bad_request.',
  ),
  companyLookup: words(
    'list',
    ['list', 'object'],
    'GET /companies with name or company_id answers a list, or the bare company.',
  ),
  companyContactsPaging: words(
    'page',
    ['page', 'cursor'],
    'GET /companies/{id}/contacts pages by number, or by cursor.',
  ),
  searchTotalCount: words(
    'right',
    ['right', 'wrong'],
    'total_count of searches and lists is right, or three too high.',
  ),
  subListTotalCount: words(
    'right',
    ['right', 'wrong'],
    'total_count of a contact’s embedded and own lists is right, or three too high.',
  ),
  subListHasMore: yesNo(true, 'has_more is in a contact’s embedded lists.'),
  contactCompaniesKey: words(
    'data',
    ['data', 'companies'],
    'GET /contacts/{id}/companies puts the records under `data` or `companies`.',
  ),
  ticketTypeAttributesKey: words(
    'data',
    ['data', 'ticket_type_attributes'],
    'A ticket type’s attributes are under `data` or `ticket_type_attributes`.',
  ),
  teammatesShape: words(
    'admins',
    ['admins', 'teammates'],
    'A conversation’s teammates are under `admins` or `teammates`.',
  ),
  ownerId: words(
    'integer',
    ['integer', 'string'],
    'A contact’s owner_id is an integer, or a string as some have seen.',
  ),
  partsTotalCount: words(
    'all',
    ['all', 'returned'],
    'conversation_parts.total_count counts all parts, or only the 500 that are returned.',
  ),
  versionEcho: words(
    'right',
    ['right', 'wrong', 'absent'],
    'The Intercom-Version header of an answer is the one asked for, another one, or absent.',
  ),
  appVersion: words(
    '2.15',
    ['2.10', '2.11', '2.12', '2.13', '2.14', '2.15'],
    'The version that serves a call without an Intercom-Version header.',
  ),
  missingScopes: list(
    'Labels of permissions the token lacks: their endpoints answer 401 token_unauthorized.',
  ),
  planGates: list('Path prefixes that answer 403 api_plan_restricted.'),
  revokeAfter: number(0, 'Requests after so many more of them get 401 token_revoked; 0 is never.'),
  wrongRegion: yesNo(false, 'The token belongs to another region: every call is a 401.'),
  rateLimitPerApp: number(1667, 'Calls one token may make in a window; 0 is no limit.'),
  rateLimitPerWorkspace: number(4167, 'Calls all tokens may make together in a window; 0 is no limit.'),
  rateLimitWindowSeconds: number(10, 'The length of a window, aligned to the wall clock.'),
  otherAppCalls: number(
    0,
    'Calls of another app that count against the workspace at the start of each window.',
  ),
  rateLimitHeaders: yesNo(true, 'X-RateLimit-* headers are on authenticated answers.'),
  retryAfter: yesNo(false, 'Retry-After is on a 429.'),
  poisonedSearch: yesNo(
    false,
    'A page of a conversation search that holds a conversation of a deleted contact is a 404 User Not Found.',
  ),
  goneOnRetrieve: number(
    0,
    'Every so-many-th conversation is listed but is a 404 when it is fetched; 0 is none.',
  ),
  changeEvery: number(
    0,
    'After every so-many-th API request one random change happens to the data; 0 is never.',
  ),
  changeKinds: list(
    'The kinds of change that changeEvery draws from; empty is all that an incremental read can see.',
  ),
  childChangesTouchParent: yesNo(
    true,
    'Tagging a contact or attaching a company moves the contact’s updated_at.',
  ),
  contentLength: words(
    'right',
    ['right', 'short', 'long'],
    'Content-Length is right, one byte too small, or ten too large.',
  ),
  gzip: yesNo(false, 'Answers are compressed for clients that accept gzip.'),
  unstorableText: yesNo(false, 'Hostile custom attributes also have \\u0000 and lone surrogates.'),
  oauthApproval: words(
    'immediate',
    ['immediate', 'page', 'denied'],
    'The authorize page redirects at once, shows a button first, or redirects with error=access_denied.',
  ),
} as const

type Switches = typeof behaviourSwitches
/** How a sandbox behaves: the value of every switch. */
export type Behaviour = {
  -readonly [Name in keyof Switches]: Switches[Name] extends Switch<infer T> ? T : never
}

/** The documented default of every switch. */
export function defaultBehaviour(): Behaviour {
  return Object.fromEntries(
    Object.entries(behaviourSwitches).map(([name, one]) => [name, one.byDefault]),
  ) as Behaviour
}

/**
 * The switches in `changes` put over `behaviour`, in place. Values may be text, as from a command line: numbers,
 * true/false, and comma-separated lists are read. Throws a RangeError with a sentence for an unknown name or value.
 */
export function mergeBehaviour(behaviour: Behaviour, changes: Readonly<Record<string, unknown>>): void {
  const merged = Object.entries(changes).map(([name, value]) => [name, readSwitch(name, value)])
  Object.assign(behaviour, Object.fromEntries(merged))
}

function readSwitch(name: string, value: unknown): unknown {
  if (!Object.hasOwn(behaviourSwitches, name)) throw new RangeError(`The sandbox has no switch ${name}.`)
  const { byDefault, oneOf }: Switch<unknown> = behaviourSwitches[name as keyof Switches]
  if (Array.isArray(byDefault))
    return Array.isArray(value) ? value.map(String) : String(value).split(',').filter(Boolean)
  if (typeof byDefault === 'number' && value !== '' && Number.isFinite(Number(value))) return Number(value)
  if (typeof byDefault === 'boolean' && (String(value) === 'true' || String(value) === 'false'))
    return String(value) === 'true'
  if (oneOf?.includes(String(value))) return String(value)
  const allowed = oneOf ? oneOf.join(', ') : typeof byDefault
  throw new RangeError(`The switch ${name} takes ${allowed}, not ${JSON.stringify(value)}.`)
}
