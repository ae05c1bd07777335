import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { parse } from 'yaml'

/** A connector's files as data: path → what the file holds. Text is written as it is, anything else as JSON. */
export type ConnectorFiles = Record<string, unknown>

/** A small connector in which every kind of read occurs, and nothing is wrong. A new one each time. */
export function soundConnector(): { readonly files: ConnectorFiles } {
  const manifest: unknown = parse(soundManifest)
  const text = { type: 'string' }
  const file = (properties: object): unknown => ({ type: 'object', properties })
  return {
    files: {
      'manifest.yaml': manifest,
      'records/order.schema.json': file({
        id: { type: 'integer', 'x-id': true },
        updated_at: { type: 'integer' },
        buyer: { type: 'object', properties: { name: text }, 'x-sensitive': 'person_name' },
        tags: { type: 'array', items: { type: 'object', properties: { id: text, name: text } } },
        more_tags: { type: 'boolean' },
        draft: { type: 'boolean', 'x-omit': 'Says nothing.' },
      }),
      'records/line.schema.json': file({ order_id: text, id: text, price: { type: 'number' } }),
      'records/order-tag.schema.json': file({ order_id: text, tag_id: text }),
      'records/shop.schema.json': file({ id: text, country: text }),
    },
  }
}

/** Writes the files into a new folder, which is gone when the test ends, and gives back its path. */
export async function writeConnector(files: ConnectorFiles): Promise<string> {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}

/** A new, empty folder that is gone when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'penstock-connector-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

const soundManifest = `
name: shop
title: Shop
api:
  regions:
    eu: { title: Europe, api: https://api.shop.example, authorize: https://shop.example }
    own: { title: Own, api: { type: subdomain, setting: account, domain: shop.example }, authorize: https://shop.example }
  defaultRegion: eu
  headers: { X-Account: { $from: settings.account } }
settings:
  account: { title: Account }
  token: { title: Token, secret: true, optional: true }
  clientId: { title: Client, optional: true }
  clientSecret: { title: Secret, secret: true, optional: true }
  accessToken: { title: Access token, secret: true, optional: true }
authentication:
  - { type: bearer, token: token }
  - { type: oauth2, grant: authorization_code, authorizeUrl: /oauth, tokenUrl: /token }
check:
  request: { path: /me }
  account: { id: account.id }
scopes:
  read: { title: Read orders, objects: [orders, lines] }
errorAt: { code: code, message: message }
errors:
  - { codes: [no_scope], means: missing_scope }
objects:
  orders:
    title: Orders
    mode: incremental
    startDate: true
    primaryKey: [id]
    record: records/order.schema.json
    checkpoint: { field: updated_at, format: unix_seconds, filter: server }
    read:
      type: list
      request:
        path: /orders
        query: { since: { $from: window.after }, cursor: { $from: page.cursor }, limit: { $from: page.size } }
      recordsAt: orders
      pagination: { type: cursor, nextAt: next, size: 100 }
  lines:
    title: Order lines
    mode: incremental
    primaryKey: [order_id, id]
    record: records/line.schema.json
    read:
      type: children
      parent: orders
      keys: { order_id: id }
      request: { path: '/orders/{id}/lines', pathParameters: { id: { $from: parent.id } } }
      recordsAt: lines
  order_tag:
    title: Order tags
    mode: incremental
    primaryKey: [order_id, tag_id]
    record: records/order-tag.schema.json
    read:
      type: derived
      parent: orders
      at: tags
      fields: { order_id: { parent: id }, tag_id: { at: id } }
      rest:
        when: more_tags
        request:
          path: '/orders/{id}/tags'
          pathParameters: { id: { $from: parent.id } }
          query: { offset: { $from: page.offset }, limit: { $from: page.size } }
        recordsAt: tags
        pagination: { type: offset, size: 50 }
  shops:
    title: Shops
    mode: full_refresh
    primaryKey: [id]
    record: records/shop.schema.json
    read:
      type: list
      request: { path: /shops, query: { country: { $from: partition.country }, page: { $from: page.number } } }
      recordsAt: data
      pagination: { type: page, totalPagesAt: pages.total }
      partitions: [{ country: ie }, { country: de }]
      fill: { country: { $from: partition.country } }
`
