import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { policy, Rule } from './policy.ts'
import { changesRouter } from './changes-router.ts'
import { pipelinesRouter } from './pipelines-router.ts'
import { projectsRouter } from './projects-router.ts'
import { auditRouter } from './audit-router.ts'
import { alertsRouter } from './alerts-router.ts'
import { sessionRouter } from './session-router.ts'
import { apiKeysRouter } from './api-keys-router.ts'
import { invitationsRouter } from './invitations-router.ts'
import { membersRouter } from './members-router.ts'
import { settingsRouter } from './settings-router.ts'
import { passwordsRouter } from './passwords-router.ts'
import { setupRouter } from './setup-router.ts'
import { workspacesRouter } from './workspaces-router.ts'
import { connectionsRouter } from './connections-router.ts'
import { connectorsRouter } from './connectors-router.ts'
import { runsRouter } from './runs-router.ts'
import { oauthRouter } from './oauth-router.ts'
import { oauthProfilesRouter } from './oauth-profiles-router.ts'
import { wipesRouter } from './wipes-router.ts'
import { sandboxRouter } from './sandbox-router.ts'
import { router } from './trpc.ts'

/** The whole API: one router an area. */
export const appRouter = router({
  changes: changesRouter,
  pipelines: pipelinesRouter,
  projects: projectsRouter,
  connections: connectionsRouter,
  connectors: connectorsRouter,
  wipes: wipesRouter,
  oauthProfiles: oauthProfilesRouter,
  oauth: oauthRouter,
  runs: runsRouter,
  sandbox: sandboxRouter,
  session: sessionRouter,
  alerts: alertsRouter,
  audit: auditRouter,
  workspaces: workspacesRouter,
  setup: setupRouter,
  passwords: passwordsRouter,
  settings: settingsRouter,
  members: membersRouter,
  invitations: invitationsRouter,
  apiKeys: apiKeysRouter,
})

export type AppRouter = typeof appRouter
export type RouterInputs = inferRouterInputs<AppRouter>
export type RouterOutputs = inferRouterOutputs<AppRouter>

type Paths<T> = { [Area in keyof T & string]: `${Area}.${keyof T[Area] & string}` }[keyof T & string]

/** Does not compile where a procedure has no line in the policy, or a line has no procedure. */
type Unruled = Exclude<Paths<RouterInputs>, keyof typeof policy>
type Unoffered = Exclude<keyof typeof policy, Paths<RouterInputs>>
export const everyProcedureHasARule: [Unruled, Unoffered] extends [never, never]
  ? Readonly<Record<string, Rule>>
  : [Unruled, Unoffered] = {}
