import type { Answer } from '../answer.ts'
import { notFound, ok } from '../answer.ts'
import type { Listed } from '../generate/reference-data.ts'
import { numberedPage } from '../paging/numbered-page.ts'
import type { ApiContext, ApiRequest, Route } from './route.ts'
import { scopes } from './route.ts'

/** Articles, collections and help centers. */
export const helpCenterRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/articles',
    scope: scopes.articles,
    handle: (context, request) => recent(context, request, context.workspace.data.articles, 25),
  },
  { method: 'GET', path: '/articles/search', scope: scopes.articles, handle: searchArticles },
  { method: 'GET', path: '/articles/:id', scope: scopes.articles, handle: article },
  {
    method: 'GET',
    path: '/help_center/collections',
    scope: scopes.articles,
    handle: (context, request) => recent(context, request, context.workspace.data.collections, 20),
  },
  {
    method: 'GET',
    path: '/help_center/collections/:id',
    scope: scopes.articles,
    handle: ({ workspace }, { id }) => one(workspace.data.collections, id),
  },
  {
    method: 'GET',
    path: '/help_center/help_centers',
    scope: scopes.articles,
    handle: ({ workspace }) => ok(JSON.stringify({ type: 'list', data: workspace.data.helpCenters })),
  },
  {
    method: 'GET',
    path: '/help_center/help_centers/:id',
    scope: scopes.articles,
    handle: ({ workspace }, { id }) => one(workspace.data.helpCenters, id),
  },
]

/** A numbered list, the last updated first: an edit while paging pushes rows down, a deletion pulls them up. */
function recent(
  context: ApiContext,
  { path, query }: ApiRequest,
  records: readonly Listed[],
  byDefault: number,
): Answer {
  const sorted = records.toSorted(
    (a, b) => Number(b['updated_at']) - Number(a['updated_at']) || Number(b.id) - Number(a.id),
  )
  const page = numberedPage(sorted, { query, byDefault, max: 150, url: context.baseUrl() + path })
  return ok(
    `{"type":"list","pages":${page.pages},"total_count":${records.length},"data":${JSON.stringify(page.records)}}`,
  )
}

function article({ workspace }: ApiContext, { id }: ApiRequest): Answer {
  const found = workspace.data.articles.find((one) => one.id === id)
  if (!found) throw notFound()
  const statistics = {
    type: 'article_statistics',
    views: Number(id) * 3,
    conversations: 1,
    reactions: 2,
    happy_reaction_percentage: 50,
    neutral_reaction_percentage: 25.5,
    sad_reaction_percentage: 24.5,
  }
  return ok(JSON.stringify({ ...found, statistics }))
}

function searchArticles(context: ApiContext, { path, query }: ApiRequest): Answer {
  const phrase = (query.get('phrase') ?? '').toLowerCase()
  const state = query.get('state')
  const found = context.workspace.data.articles.filter(
    (one) =>
      String(one['title']).toLowerCase().includes(phrase) &&
      (state === null || state === 'all' || one['state'] === state),
  )
  const page = numberedPage(found, { query, byDefault: 10, max: 150, url: context.baseUrl() + path })
  return ok(
    `{"type":"list","total_count":${found.length},"data":{"articles":${JSON.stringify(page.records)},"highlights":[]},"pages":${page.pages}}`,
  )
}

function one(records: readonly Listed[], id: string): Answer {
  const found = records.find((record) => record.id === id)
  if (!found) throw notFound()
  return ok(JSON.stringify(found))
}
