import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@penstock/server/api/router.ts'

export type { AppRouter }

/** What the API answers, by procedure. */
export type Answers = inferRouterOutputs<AppRouter>
/** What the API takes, by procedure. */
export type Questions = inferRouterInputs<AppRouter>

export type Me = Answers['session']['me']
export type Role = NonNullable<Me['role']>
export type PipelineSummary = Answers['pipelines']['list']['items'][number]
export type RunSummary = Answers['runs']['list']['items'][number]
export type RunState = RunSummary['state']
export type Run = Answers['runs']['get']
export type RunObject = Run['objects'][number]
export type RunEvent = Answers['runs']['log']['events'][number]
export type Connection = Answers['connections']['get']
export type CheckResult = Answers['connections']['test']
export type ConnectorForm = Answers['connectors']['list'][number]
export type OwnConnector = Answers['connectors']['own'][number]
export type ConnectorVersion = Answers['connectors']['versions'][number]
export type ConnectorReview = Answers['connectors']['review']
export type ConnectorDetail = Answers['connectors']['get']
export type SchemaChange = Answers['changes']['list']['items'][number]
export type OauthAttempt = Answers['oauth']['attempt']
