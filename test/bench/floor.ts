import { hash } from 'node:crypto'
import { once } from 'node:events'
import postgres from 'postgres'
import { Pool } from 'undici'

/**
 * The floor that `run` is measured against: contacts to PostgreSQL and nothing else, written for this one table as well as we can, with
 * none of Penstock's code. It validates nothing, rounds large numbers, retries nothing, keeps no checkpoint, guards no fence and knows no schema change: what it
 * costs is what bringing these rows over must cost. Its first argument is a `FloorTask` as JSON; it prints how many rows it wrote, and when
 * it began and ended, its own start left out.
 */
interface FloorTask {
  readonly url: string
  readonly token: string
  /** The disjoint windows that are read side by side, as bounds of updated_at that a search takes. */
  readonly windows: readonly { readonly after?: number; readonly before?: number }[]
  /** 32 bytes, hex. */
  readonly hashKey: string
  /** As the driver takes them; the host may be a socket's folder. */
  readonly connection: {
    readonly host: string
    readonly port: number
    readonly database: string
    readonly user: string
    readonly password: string
  }
}

type Contact = Readonly<Record<string, unknown>>

const texts =
  'type id external_id workspace_id role email email_domain phone name owner_id language_override browser browser_version browser_language os android_app_name android_app_version android_device android_os_version android_sdk_version ios_app_name ios_app_version ios_device ios_os_version ios_sdk_version utm_campaign utm_content utm_medium utm_source utm_term referrer last_seen_ip'
const integers =
  'created_at updated_at signed_up_at last_seen_at last_replied_at last_contacted_at last_email_opened_at last_email_clicked_at android_last_seen_at ios_last_seen_at'
const booleans =
  'has_hard_bounced marked_email_as_spam unsubscribed_from_emails enabled_push_messaging sms_consent unsubscribed_from_sms'
const documents =
  'custom_attributes avatar tags notes companies location social_profiles opted_in_subscription_types opted_out_subscription_types'
const textColumns = texts.split(' ')
const integerColumns = integers.split(' ')
const booleanColumns = booleans.split(' ')
const documentColumns = documents.split(' ')
const columns = [...textColumns, ...integerColumns, ...booleanColumns, ...documentColumns]
const hashed = new Set(['external_id', 'email', 'phone', 'name'])

const task: FloorTask = JSON.parse(process.argv[2] ?? '{}')
const inner = Buffer.alloc(64 + 4096, 0x36)
const outer = Buffer.alloc(64 + 32, 0x5c)
for (const [place, byte] of Buffer.from(task.hashKey, 'hex').entries()) {
  inner[place] = byte ^ 0x36
  outer[place] = byte ^ 0x5c
}

/** HMAC-SHA-256 out of two one-shot hashes, the fastest way that Node has. */
function token(text: string): string {
  const end = 64 + inner.write(text.slice(0, 1365), 64)
  outer.write(hash('sha256', inner.subarray(0, end), 'binary'), 64, 'binary')
  return `h1:${hash('sha256', outer, 'base64url')}`
}

const chunkBytes = 256 * 1024
let buffer = Buffer.allocUnsafe(2 * chunkBytes)
let at = 0

/** Appends one row of a binary COPY to the buffer. */
function putRow(contact: Contact): void {
  at = buffer.writeUInt16BE(columns.length, at)
  for (const name of textColumns) {
    const value = contact[name]
    if (typeof value !== 'string') at = buffer.writeInt32BE(-1, at)
    else putText(hashed.has(name) && value !== '' ? token(value) : value)
  }
  for (const name of integerColumns) {
    const value = contact[name]
    if (typeof value === 'number') {
      at = buffer.writeInt32BE(8, at)
      at = buffer.writeInt32BE(Math.floor(value / 2 ** 32), at)
      at = buffer.writeUInt32BE(value >>> 0, at)
    } else at = buffer.writeInt32BE(-1, at)
  }
  for (const name of booleanColumns) {
    const value = contact[name]
    if (typeof value === 'boolean') {
      at = buffer.writeInt32BE(1, at)
      buffer[at++] = value ? 1 : 0
    } else at = buffer.writeInt32BE(-1, at)
  }
  for (const name of documentColumns) {
    const value = contact[name]
    if (value === null || value === undefined) at = buffer.writeInt32BE(-1, at)
    else putText(JSON.stringify(name === 'avatar' ? protectAvatar(value) : value))
  }
}

function protectAvatar(avatar: object): object {
  const url = 'image_url' in avatar ? avatar.image_url : undefined
  return typeof url === 'string' && url !== '' ? { ...avatar, image_url: token(url) } : avatar
}

function putText(text: string): void {
  if (at + text.length * 3 + 1024 > buffer.length) {
    const grown = Buffer.allocUnsafe(buffer.length * 2 + text.length * 3)
    buffer.copy(grown, 0, 0, at)
    buffer = grown
  }
  const written = buffer.write(text, at + 4)
  buffer.writeInt32BE(written, at)
  at += 4 + written
}

const pool = new Pool(task.url, { connections: 8, pipelining: 1 })
const cursorName = '"starting_after":"'

/** Reads one window; the next page is asked for before this one is parsed, by the cursor at the end of its text. */
async function readWindow(window: FloorTask['windows'][number]): Promise<void> {
  let coming: Promise<string> | undefined = ask(window, undefined)
  while (coming) {
    const text: string = await coming
    const tail = text.lastIndexOf(cursorName)
    const cursor = text.slice(tail + cursorName.length, text.indexOf('"', tail + cursorName.length))
    coming = tail > text.length - 500 && tail > 0 ? ask(window, cursor) : undefined
    const page: { readonly data: readonly Contact[] } = JSON.parse(text)
    for (const contact of page.data) putRow(contact)
    rows += page.data.length
    if (at >= chunkBytes) await flush()
  }
}

async function ask({ after, before }: FloorTask['windows'][number], cursor?: string): Promise<string> {
  const value = [
    { field: 'updated_at', operator: '>', value: after ?? 0 },
    ...(before === undefined ? [] : [{ field: 'updated_at', operator: '<', value: before }]),
  ]
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: '/contacts/search',
    headers: {
      authorization: `Bearer ${task.token}`,
      accept: 'application/json',
      'content-type': 'application/json',
      'intercom-version': '2.15',
    },
    body: JSON.stringify({
      query: { operator: 'AND', value },
      pagination: { per_page: 150, starting_after: cursor },
      sort: { field: 'updated_at', order: 'ascending' },
    }),
  })
  if (statusCode !== 200) throw new Error(`HTTP ${statusCode}`)
  return await body.text()
}

let rows = 0
const startedAt = Date.now()
const sql = postgres({ ...task.connection, max: 1, fetch_types: false, onnotice: () => {} })
const defined = [
  ...[...textColumns, ...documentColumns].map((name) => `${name} text`),
  ...integerColumns.map((name) => `${name} bigint`),
  ...booleanColumns.map((name) => `${name} boolean`),
].join(', ')
await sql.unsafe(`create schema if not exists floor`)
await sql.unsafe(
  `create table if not exists floor.contacts (${defined}, _synced_at timestamptz, primary key (id))`,
)
const names = columns.join(', ')
await sql.unsafe(`create temp table staging (${defined})`)
const session = await sql.reserve()
const stream = await session.unsafe(`copy staging (${names}) from stdin (format binary)`).writable()

/** What is in the buffer goes to PostgreSQL; a new buffer takes what comes next, as the stream may still hold this one. */
async function flush(): Promise<void> {
  const chunk = buffer.subarray(0, at)
  buffer = Buffer.allocUnsafe(2 * chunkBytes)
  at = 0
  if (!stream.write(chunk)) await once(stream, 'drain')
}

at = buffer.write('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 0, 'latin1')
await Promise.all(task.windows.map(readWindow))
at = buffer.writeUInt16BE(0xffff, at)
await flush()
stream.end()
await once(stream, 'finish')
await session.unsafe(
  `insert into floor.contacts as old (${names}, _synced_at) select ${names}, now() from staging
   on conflict (id) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}, _synced_at = now()
   where (${columns.map((name) => `old.${name}`).join(', ')}) is distinct from (${columns.map((name) => `excluded.${name}`).join(', ')})`,
)
const finishedAt = Date.now()
session.release()
await sql.end()
await pool.close()
process.stdout.write(JSON.stringify({ rows, startedAt, finishedAt }))
