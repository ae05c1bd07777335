import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { policy, Rule } from './policy.ts'
import { sessionRouter } from './session-router.ts'
import { router } from './trpc.ts'

/** The whole API: one router an area. */
export const appRouter = router({
  session: sessionRouter,
})

export type AppRouter = typeof appRouter
export type RouterInputs = inferRouterInputs<AppRouter>
export type RouterOutputs = inferRouterOutputs<AppRouter>

type Paths<T> = { [Area in keyof T & string]: `${Area}.${keyof T[Area] & string}` }[keyof T & string]

/** Does not compile where a procedure has no line in the policy, or a line has no procedure. */
type Unruled =
  | Exclude<Paths<RouterInputs>, keyof typeof policy>
  | Exclude<keyof typeof policy, Paths<RouterInputs>>
export const everyProcedureHasARule: [Unruled] extends [never] ? Readonly<Record<string, Rule>> : Unruled = {}
