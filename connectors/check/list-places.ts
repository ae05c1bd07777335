import type {
  ListRead,
  Manifest,
  ObjectManifest,
  Pagination,
  Request,
} from '@penstock/schemas/generated/manifest.ts'
import type { RecordSchema } from '@penstock/schemas/generated/record.ts'
import type { Connector } from '../read-connector.ts'
import type { Steps } from './problem-at.ts'

/** A place in a manifest where templates stand, and the names that are known there. */
export interface TemplatePlace {
  readonly steps: Steps
  readonly templates: Readonly<Record<string, unknown>>
  /** Whole names, such as page.cursor. */
  readonly names: readonly string[]
  /** What parent.<path> looks into, where there is a parent; unread where its schema has problems of its own. */
  readonly parent: RecordSchema | 'unread' | undefined
  /** What record.<path> looks into, where there is a record. */
  readonly record: RecordSchema | undefined
}

/** A request, with the way its pages follow each other. */
export interface RequestPlace extends TemplatePlace {
  readonly request: Request
  readonly pagination: Pagination | undefined
}

/** Every request of the manifest. */
export function listRequests(connector: Connector): readonly RequestPlace[] {
  const { manifest } = connector
  const check = placeOf(['check', 'request'], manifest.check.request, undefined, settingNames(manifest))
  return [check, ...Object.entries(manifest.objects).flatMap((entry) => requestsOf(connector, ...entry))]
}

/** The templates that are no requests: headers sent always, and fields that are filled in. */
export function listOtherTemplates(connector: Connector): readonly TemplatePlace[] {
  const { manifest, records } = connector
  const headers = { headers: manifest.api.headers ?? {} }
  const places: TemplatePlace[] = [
    { steps: ['api'], templates: headers, names: settingNames(manifest), ...nothing },
  ]
  for (const [index, way] of manifest.authentication.entries()) {
    if (way.type !== 'oauth2') continue
    const { tokenFields, authorizeFields } = way
    const names = settingNames(manifest)
    places.push({
      steps: ['authentication', index],
      templates: { tokenFields, authorizeFields },
      names,
      ...nothing,
    })
  }
  for (const [object, { read }] of Object.entries(manifest.objects)) {
    if (read.type !== 'list' || !read.fill) continue
    const names = [...commonNames(manifest), ...partitionNames(read)]
    const steps = ['objects', object, 'read']
    places.push({ steps, templates: { fill: read.fill }, names, ...nothing, record: records.get(object) })
  }
  return places
}

interface Beside {
  readonly parent: TemplatePlace['parent']
  readonly record: RecordSchema | undefined
}

const nothing: Beside = { parent: undefined, record: undefined }

function requestsOf(
  connector: Connector,
  object: string,
  definition: ObjectManifest,
): readonly RequestPlace[] {
  const { manifest, records } = connector
  const { read } = definition
  const steps = ['objects', object, 'read']
  const names = commonNames(manifest)
  switch (read.type) {
    case 'list': {
      const window = definition.checkpoint ? ['window.after', 'window.before'] : []
      const known = [...window, ...partitionNames(read), ...names]
      const { sample } = read
      const places = [placeOf([...steps, 'request'], read.request, read.pagination, known)]
      if (sample)
        places.push(placeOf([...steps, 'sample', 'request'], sample.request, sample.pagination, known))
      return places
    }
    case 'children':
      return [
        placeOf(
          [...steps, 'request'],
          read.request,
          read.pagination,
          names,
          records.get(read.parent) ?? 'unread',
        ),
      ]
    case 'derived': {
      if (!read.rest) return []
      const { request, pagination } = read.rest
      return [
        placeOf(
          [...steps, 'rest', 'request'],
          request,
          pagination,
          names,
          records.get(read.parent) ?? 'unread',
        ),
      ]
    }
  }
}

function placeOf(
  steps: Steps,
  request: Request,
  pagination: Pagination | undefined,
  names: readonly string[],
  parent?: TemplatePlace['parent'],
): RequestPlace {
  const { pathParameters, query, headers, body } = request
  const templates = { pathParameters, query, headers, body }
  return {
    steps,
    request,
    pagination,
    templates,
    names: [...pageNames(pagination), ...names],
    parent,
    record: undefined,
  }
}

/** What a list's pages make known. The size is known where it is given. */
function pageNames(pagination: Pagination | undefined): readonly string[] {
  if (!pagination || pagination.type === 'none') return []
  const own = {
    cursor: 'page.cursor',
    scroll: 'page.cursor',
    page: 'page.number',
    offset: 'page.offset',
    last_record: 'page.cursor',
  } as const
  const size = pagination.size === undefined ? [] : ['page.size']
  switch (pagination.type) {
    case 'cursor':
    case 'scroll':
    case 'page':
    case 'offset':
    case 'last_record':
      return [own[pagination.type], ...size]
    case 'link_header':
    case 'next_url':
      return size
  }
}

function partitionNames(read: ListRead): readonly string[] {
  const [first, ...others] = read.partitions ?? []
  const everywhere = Object.keys(first ?? {}).filter((name) =>
    others.every((one) => Object.hasOwn(one, name)),
  )
  return everywhere.map((name) => `partition.${name}`)
}

function commonNames(manifest: Manifest): readonly string[] {
  const account = Object.keys(manifest.check.account ?? {}).map((name) => `account.${name}`)
  return [...settingNames(manifest), ...account]
}

/** The settings that may be sent: never a secret one. */
function settingNames(manifest: Manifest): readonly string[] {
  const open = Object.entries(manifest.settings ?? {}).filter(([, { secret }]) => secret !== true)
  return [...open.map(([name]) => `settings.${name}`), 'run.startedAt']
}
