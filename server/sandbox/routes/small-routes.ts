import type { Answer } from '../answer.ts'
import { notFound, ok, Refusal } from '../answer.ts'
import type { Listed } from '../generate/reference-data.ts'
import { workspaceId } from '../generate/people-data.ts'
import { numberedPage } from '../paging/numbered-page.ts'
import type { ApiContext, ApiRequest, Route } from './route.ts'
import { scopes } from './route.ts'

/** Objects that one answer holds whole: admins, teams, tags, segments, subscription types, data attributes; and the log. */
export const smallRoutes: readonly Route[] = [
  { method: 'GET', path: '/me', scope: scopes.oneAdmin, handle: me },
  { method: 'GET', path: '/admins', scope: scopes.admins, handle: admins },
  { method: 'GET', path: '/admins/activity_logs', scope: scopes.activityLogs, handle: activityLogs },
  {
    method: 'GET',
    path: '/admins/:id',
    scope: scopes.oneAdmin,
    handle: ({ workspace }, { id }) =>
      one(workspace.data.admins, id, notFound('Admin not found', 'admin_not_found')),
  },
  {
    method: 'GET',
    path: '/teams',
    scope: scopes.people,
    handle: ({ workspace }) => ok(JSON.stringify({ type: 'team.list', teams: workspace.data.teams })),
  },
  {
    method: 'GET',
    path: '/teams/:id',
    scope: scopes.people,
    handle: ({ workspace }, { id }) =>
      one(workspace.data.teams, id, notFound('Team not found', 'team_not_found')),
  },
  { method: 'GET', path: '/tags', scope: scopes.tags, handle: ({ workspace }) => list(workspace.data.tags) },
  {
    method: 'GET',
    path: '/tags/:id',
    scope: scopes.tags,
    handle: ({ workspace }, { id }) => one(workspace.data.tags, id, notFound()),
  },
  { method: 'GET', path: '/segments', scope: scopes.people, handle: segments },
  {
    method: 'GET',
    path: '/segments/:id',
    scope: scopes.people,
    handle: ({ workspace }, { id }) => one(workspace.data.segments, id, notFound()),
  },
  {
    method: 'GET',
    path: '/subscription_types',
    scope: scopes.people,
    handle: ({ workspace }) => list(workspace.data.subscriptionTypes),
  },
  { method: 'GET', path: '/data_attributes', scope: undefined, handle: dataAttributes },
]

function list(data: readonly unknown[]): Answer {
  return ok(JSON.stringify({ type: 'list', data }))
}

function one(records: readonly Listed[], id: string, refusal: Refusal): Answer {
  const found = records.find((record) => record.id === id)
  if (!found) throw refusal
  return ok(JSON.stringify(found))
}

function me({ workspace }: ApiContext): Answer {
  const { data, timezone, region } = workspace
  const admin = data.admins[0]
  return ok(
    JSON.stringify({
      type: 'admin',
      id: admin?.id,
      email: admin?.['email'],
      name: admin?.['name'],
      email_verified: true,
      app: {
        type: 'app',
        id_code: workspaceId,
        name: 'Penstock sandbox',
        created_at: 1_700_000_000,
        secure: false,
        identity_verification: false,
        timezone,
        region,
      },
      avatar: { type: 'avatar', image_url: 'https://static.example.com/admins/128.png' },
      has_inbox_seat: true,
    }),
  )
}

/** Admins as the list answers them, with an avatar only where `display_avatar` asks for it. */
export function adminsShown(admins: readonly Listed[], avatar: boolean): readonly unknown[] {
  if (!avatar) return admins
  return admins.map((admin) => ({
    ...admin,
    avatar: Number(admin.id) % 2 === 0 ? `https://static.example.com/admins/${admin.id}.png` : null,
  }))
}

function admins({ workspace }: ApiContext, { query }: ApiRequest): Answer {
  return ok(
    JSON.stringify({
      type: 'admin.list',
      admins: adminsShown(workspace.data.admins, query.get('display_avatar') === 'true'),
    }),
  )
}

/** Segments with their size where `include_count` asks for it. */
export function segmentsShown(segments: readonly Listed[], count: boolean): readonly unknown[] {
  return count ? segments.map((segment, index) => ({ ...segment, count: index * 17 })) : segments
}

function segments({ workspace }: ApiContext, { query }: ApiRequest): Answer {
  return ok(
    JSON.stringify({
      type: 'segment.list',
      segments: segmentsShown(workspace.data.segments, query.get('include_count') === 'true'),
    }),
  )
}

function dataAttributes({ workspace }: ApiContext, { query }: ApiRequest): Answer {
  const model = query.get('model')
  if (model !== null && !['contact', 'company', 'conversation'].includes(model))
    throw new Refusal(422, 'parameter_invalid', `'${model}' is not a valid model`, 'model')
  const archived = query.get('include_archived') === 'true'
  return list(
    workspace.data.dataAttributes.filter(
      (one) => (model === null || one['model'] === model) && (archived || one['archived'] !== true),
    ),
  )
}

/** The log between two seconds, both included, newest first. */
function activityLogs({ workspace, baseUrl }: ApiContext, { query }: ApiRequest): Answer {
  const after = query.get('created_at_after')
  if (after === null)
    throw new Refusal(400, 'parameter_not_found', 'created_at_after parameter not found', 'created_at_after')
  const before = query.get('created_at_before')
  const within = workspace.data.activityLogs.filter(
    (log) =>
      Number(log['created_at']) >= Number(after) &&
      (before === null || Number(log['created_at']) <= Number(before)),
  )
  const page = numberedPage(within.toReversed(), {
    query,
    byDefault: 20,
    max: 250,
    url: `${baseUrl()}/admins/activity_logs`,
  })
  return ok(
    `{"type":"activity_log.list","pages":${page.pages},"activity_logs":${JSON.stringify(page.records)}}`,
  )
}
