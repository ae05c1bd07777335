import { companyRoutes } from './routes/company-routes.ts'
import { contactRoutes } from './routes/contact-routes.ts'
import { conversationRoutes } from './routes/conversation-routes.ts'
import { helpCenterRoutes } from './routes/help-center-routes.ts'
import type { Route } from './routes/route.ts'
import { smallRoutes } from './routes/small-routes.ts'
import { ticketRoutes } from './routes/ticket-routes.ts'

/** A request's route, and the variable part of its path. */
export interface Routed {
  readonly route: Route
  readonly id: string
}

/** Every endpoint of the API that the sandbox serves. */
export const routes: readonly Route[] = [
  ...contactRoutes,
  ...companyRoutes,
  ...conversationRoutes,
  ...ticketRoutes,
  ...smallRoutes,
  ...helpCenterRoutes,
]

const exact = new Map(
  routes.filter(({ path }) => !path.includes(':')).map((route) => [`${route.method} ${route.path}`, route]),
)
const variable = routes
  .filter(({ path }) => path.includes(':'))
  .map((route) => ({ route, pattern: new RegExp(`^${route.path.replace(':id', '([^/]+)')}$`) }))

/** Endpoints of other versions: on 2.15 they are a 400 intercom_version_invalid. */
const notInVersion: readonly RegExp[] = [
  /^GET \/conversations\/deleted$/,
  /^GET \/contacts\/deleted$/,
  /^GET \/contacts\/[^/]+\/merge_history$/,
  /^POST \/admins\/activity_logs\/search$/,
  /^GET \/admins\/activity_log_event_types$/,
  /^GET \/conversations\/attributes$/,
]

/** The route of a request, 'other_version' for an endpoint that 2.15 lacks, or undefined. */
export function findRoute(method: string, path: string): Routed | 'other_version' | undefined {
  const known = exact.get(`${method} ${path}`)
  if (known) return { route: known, id: '' }
  if (notInVersion.some((pattern) => pattern.test(`${method} ${path}`))) return 'other_version'
  for (const { route, pattern } of variable) {
    const match = route.method === method ? pattern.exec(path) : null
    if (match) return { route, id: decode(match[1] ?? '') }
  }
  return undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
