import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckpointRule, Manifest, Pagination, Request } from '@penstock/schemas/generated/manifest.ts'
import type { RecordSchema } from '@penstock/schemas/generated/record.ts'
import type { GenericOptions } from '../fakes/generic-api.ts'

type Authentication = Manifest['authentication'][number]

/** Writes the connector that reads the configurable API as its options make it speak. */
export async function writeGenericConnector(folder: string, options: GenericOptions): Promise<void> {
  await mkdir(join(folder, 'records'), { recursive: true })
  // JSON is YAML.
  await writeFile(join(folder, 'manifest.yaml'), JSON.stringify(genericManifest(options), undefined, 2))
  for (const [name, schema] of Object.entries(recordsFor(options))) {
    await writeFile(join(folder, 'records', `${name}.schema.json`), JSON.stringify(schema))
  }
}

function genericManifest(options: GenericOptions): Manifest {
  return {
    name: 'generic',
    title: 'Generic',
    api: {
      regions: {
        here: {
          title: 'Here',
          api: 'https://api.generic.example/base',
          authorize: 'https://generic.example',
        },
      },
      headers: { 'X-Tenant': { $from: 'settings.tenant' } },
    },
    settings: { tenant: { title: 'Tenant' }, ...settingsOf(options) },
    authentication: [authentication[options.access]],
    check: { request: { path: '/v1/me' }, account: { id: 'account.id', name: 'account.name' } },
    errorAt: { code: 'code' },
    errors: [{ codes: ['scroll_exists'], means: 'busy', afterSeconds: [1, 2] }],
    rateLimits: { concurrency: 4 },
    objects: {
      things: {
        title: 'Things',
        mode: options.filter === 'none' ? 'full_refresh' : 'incremental',
        primaryKey: ['id'],
        record: 'records/thing.schema.json',
        ...checkpointOf(options),
        read: {
          type: 'list',
          request: requestFor(options),
          recordsAt: options.recordsAt,
          pagination: pagination[options.pages],
        },
      },
      thing_label: {
        title: 'Labels of things',
        group: 'derived',
        mode: options.filter === 'none' ? 'full_refresh' : 'incremental',
        primaryKey: ['thing_id', 'label_id'],
        record: 'records/thing-label.schema.json',
        read: {
          type: 'derived',
          parent: 'things',
          at: 'labels',
          fields: {
            thing_id: { parent: 'id' },
            label_id: { at: 'id' },
            name: { at: 'name' },
            place_in_list: { index: true },
          },
          rest: {
            when: 'more_labels',
            request: { path: '/v1/things/{thing}/labels', pathParameters: { thing: { $from: 'parent.id' } } },
            recordsAt: 'labels',
            pagination: { type: 'none' },
          },
        },
      },
      halves: {
        title: 'Things by half',
        mode: 'full_refresh',
        primaryKey: ['half', 'id'],
        record: 'records/half.schema.json',
        read: {
          type: 'list',
          request: { path: '/v1/halves/{half}', pathParameters: { half: { $from: 'partition.half' } } },
          recordsAt: ['nowhere', 'half'],
          pagination: { type: 'none' },
          partitions: [{ half: 'odd' }, { half: 'even' }],
          fill: { half: { $from: 'partition.half' } },
        },
      },
      notes: {
        title: 'Notes of things',
        mode: options.filter === 'none' ? 'full_refresh' : 'incremental',
        primaryKey: ['thing_id', 'note'],
        record: 'records/note.schema.json',
        read: {
          type: 'children',
          parent: 'things',
          keys: { thing_id: 'id' },
          request: {
            path: '/v1/things/{thing}/notes',
            pathParameters: { thing: { $from: 'parent.id' } },
            query: { page: { $from: 'page.number' }, size: { $from: 'page.size' } },
          },
          recordsAt: 'notes',
          pagination: { type: 'page', first: 0, size: 2 },
        },
      },
    },
  }
}

function settingsOf({ access }: GenericOptions): Manifest['settings'] {
  switch (access) {
    case 'header_key':
    case 'query_key':
      return { apiKey: { title: 'Key', secret: true } }
    case 'basic':
      return { user: { title: 'User' }, password: { title: 'Password', secret: true } }
    case 'basic_without_password':
      return { user: { title: 'Key', secret: true } }
    case 'bearer':
      return { accessToken: { title: 'Token', secret: true } }
    case 'client_credentials':
    case 'refresh_token':
      return {
        clientId: { title: 'Client' },
        clientSecret: { title: 'Client secret', secret: true },
        accessToken: { title: 'Access token', secret: true, optional: true },
        refreshToken: { title: 'Refresh token', secret: true, optional: true },
      }
  }
}

const authentication: Readonly<Record<GenericOptions['access'], Authentication>> = {
  header_key: { type: 'api_key', key: 'apiKey', in: 'header', name: 'X-Api-Key', prefix: 'Key ' },
  query_key: { type: 'api_key', key: 'apiKey', in: 'query', name: 'key' },
  basic: { type: 'basic', username: 'user', password: 'password' },
  basic_without_password: { type: 'basic', username: 'user' },
  bearer: { type: 'bearer', token: 'accessToken', scheme: 'Token' },
  client_credentials: {
    type: 'oauth2',
    grant: 'client_credentials',
    tokenUrl: '/oauth/token',
    credentialsIn: 'basic',
  },
  refresh_token: {
    type: 'oauth2',
    grant: 'authorization_code',
    authorizeUrl: '/oauth/authorize',
    tokenUrl: '/oauth/token',
    refresh: true,
  },
}

const pagination: Readonly<Record<GenericOptions['pages'], Pagination>> = {
  none: { type: 'none' },
  cursor: { type: 'cursor', nextAt: 'paging.next.token' },
  cursor_with_more: { type: 'cursor', nextAt: 'paging.token', moreAt: 'paging.more' },
  cursor_with_end: { type: 'cursor', nextAt: 'paging.token', endAt: 'paging.finished', resumable: true },
  link: { type: 'link_header', size: 10 },
  next_url: { type: 'next_url', nextAt: 'paging.next' },
  next_path: { type: 'next_url', nextAt: 'paging.next', moreAt: 'paging.more' },
  page_of_total: { type: 'page', totalPagesAt: 'paging.pages', totalAt: 'paging.total' },
  page_with_next: { type: 'page', first: 0, omitFirst: true, nextAt: 'paging.next' },
  page_until_short: { type: 'page', size: 10 },
  offset_of_total: { type: 'offset', size: 10, totalAt: 'paging.total' },
  offset_with_more: { type: 'offset', size: 10, moreAt: 'paging.more' },
  offset_until_short: { type: 'offset', size: 10 },
  scroll: { type: 'scroll', tokenAt: 'scroll', idleSeconds: 60 },
}

function checkpointOf(options: GenericOptions): { checkpoint?: CheckpointRule } {
  const { filter, times, asked } = options
  if (filter === 'none') return {}
  const format = times === 'iso_offset' ? 'iso8601' : times
  return {
    checkpoint: {
      field: 'modified',
      format,
      filter: filter === 'server' ? 'server' : 'client',
      ...(filter === 'newest_first' ? { newestFirst: options.pages !== 'none' } : {}),
      ...(asked === undefined ? { sendAs: 'unix_seconds' } : { sendAs: asked }),
      ...(asked === 'date' ? { granularity: 'day' } : {}),
    },
  }
}

function requestFor(options: GenericOptions): Request {
  const page = pagination[options.pages]
  const asking: Record<string, unknown> = {
    ...(page.type === 'page' ? { page: { $from: 'page.number' } } : {}),
    ...(page.type === 'offset' ? { offset: { $from: 'page.offset' } } : {}),
    ...('size' in page ? { limit: { $from: 'page.size' } } : {}),
    ...(page.type === 'cursor' || page.type === 'scroll' ? { cursor: { $from: 'page.cursor' } } : {}),
    ...(options.filter === 'server'
      ? { since: { $from: 'window.after' }, until: { $from: 'window.before' } }
      : {}),
  }
  if (options.questions === 'query') return { path: '/v1/things', query: asking }
  return { method: 'POST', path: '/v1/things', body: asking, bodyFormat: options.questions }
}

const id = { type: 'integer', 'x-id': true } as const

function recordsFor({ times }: GenericOptions): Readonly<Record<string, RecordSchema>> {
  const time = { type: times === 'unix_seconds' || times === 'unix_millis' ? 'integer' : 'string' } as const
  return {
    thing: {
      type: 'object',
      properties: {
        id,
        name: { type: 'string', 'x-sensitive': 'person_name' },
        size: { type: 'integer' },
        score: { type: 'number' },
        active: { type: ['boolean', 'null'] },
        place: { type: ['object', 'null'] },
        labels: { type: 'array' },
        more_labels: { type: 'boolean' },
        made: time,
        modified: time,
      },
    },
    'thing-label': {
      type: 'object',
      properties: {
        thing_id: id,
        label_id: id,
        name: { type: 'string' },
        place_in_list: { type: 'integer' },
      },
    },
    half: { type: 'object', properties: { half: { type: 'string' }, id, name: { type: 'string' } } },
    note: {
      type: 'object',
      properties: { thing_id: id, note: { type: 'string' }, text: { type: 'string' } },
    },
  }
}
