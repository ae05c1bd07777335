import { initTRPC, TRPCError } from '@trpc/server'
import type { MiddlewareResult } from '@trpc/server/unstable-core-do-not-import'
import { ZodError } from 'zod'
import { actorOf, roles } from '../actor.ts'
import type { Identity, RequestFacts, Role } from '../actor.ts'
import { answerTogether } from '../answer-together.ts'
import { recordDenial } from '../audit/record-denial.ts'
import { DomainError } from '../domain-error.ts'
import type { Services } from '../services.ts'
import { answerError } from './answer-error.ts'
import { ruleOf } from './policy.ts'

/** What a procedure starts from. */
export interface RequestContext {
  readonly services: Services
  readonly request: RequestFacts
  /** Undefined: nobody is signed in. */
  readonly identity: Identity | undefined
}

const t = initTRPC.context<RequestContext>().create({
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: {
      ...shape.data,
      stack: undefined,
      /** What a rule adds for the client: who saved meanwhile, which pipelines use it, advice. */
      details: error.cause && 'details' in error.cause ? error.cause.details : undefined,
      /** What is wrong with the input, by path. */
      problems:
        error.cause instanceof ZodError
          ? error.cause.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
          : undefined,
    },
  }),
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 30_000 } },
})

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/** Every procedure is built on this one: it has a rule, the caller satisfies it, and what goes wrong is answered in our words. */
const guarded = t.procedure.use(async ({ ctx, path, getRawInput, next }) => {
  const rule = ruleOf(path)
  if (rule === undefined) throw new TRPCError({ code: 'FORBIDDEN', message: 'Nobody may call this.' })
  if (rule !== 'public' && !ctx.identity)
    throw new TRPCError({
      code: 'UNAUTHORIZED',
      message: 'Sign in first, or send an API key that is known and still good.',
    })
  if (isRole(rule) && !mayAct(ctx.identity?.member?.role, rule)) {
    await recordDenial(ctx, path)
    throw new TRPCError({ code: 'FORBIDDEN', message: denial(rule) })
  }
  await insistOnJson(getRawInput)
  const result = await next()
  if (!result.ok && isRefusal(result.error.cause)) await recordDenial(ctx, path)
  if (!result.ok) throw answerError(result.error, ctx)
  return result
})

/** For those whose rule is `public`. */
export const publicProcedure = guarded

/** For those whose rule is `signed_in`: the context knows who asks. */
export const signedInProcedure = guarded.use(async ({ ctx, next }) => {
  if (!ctx.identity)
    throw new TRPCError({
      code: 'UNAUTHORIZED',
      message: 'Sign in first, or send an API key that is known and still good.',
    })
  return await next({ ctx: { identity: ctx.identity } })
})

/** For those whose rule is a role: the context has the actor. */
export const memberProcedure = guarded.use(async ({ ctx, path, next }) => {
  const { identity } = ctx
  const rule = ruleOf(path)
  if (!identity?.member || !rule || !isRole(rule))
    throw new TRPCError({ code: 'FORBIDDEN', message: 'This needs a member of a workspace.' })
  const actor = actorOf({ ...identity, member: identity.member }, ctx.request, ctx.services)
  return await next({ ctx: { actor } })
})

const together = answerTogether<MiddlewareResult<object>>()

/** For what screens ask for again and again and whose answer depends on nothing but the member and the input: who asks together is answered together. */
export const memberRead = memberProcedure.use(async ({ ctx, path, getRawInput, next }) => {
  const { workspaceId, userId, via, role, services } = ctx.actor
  const input = await getRawInput()
  // No input is not the input null.
  const question = JSON.stringify([
    path,
    workspaceId,
    userId,
    via,
    role,
    ...(input === undefined ? [] : [input]),
  ])
  return await together(services, question, () => next())
})

/** Whether a role is at least another. */
export function mayAct(role: Role | undefined, needed: Role): boolean {
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(needed)
}

/** What was sent is parsed when somebody asks for it, which throws as a fault of ours would. */
async function insistOnJson(getRawInput: () => Promise<unknown>): Promise<void> {
  try {
    await getRawInput()
  } catch {
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'The input cannot be read as JSON.' })
  }
}

/** A verb that refuses somebody whose role would do: a key that wants more keys, somebody who does not run the installation. */
function isRefusal(cause: unknown): boolean {
  return cause instanceof DomainError && cause.code === 'FORBIDDEN'
}

function isRole(rule: string): rule is Role {
  return rule === 'viewer' || rule === 'editor' || rule === 'admin'
}

function denial(rule: Role): string {
  return `This needs the role ${rule}${rule === 'admin' ? '' : ' or more'}. Ask an admin of the workspace.`
}
