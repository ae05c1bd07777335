import type { AnyTRPCRouter } from '@trpc/server'
import { z } from 'zod'

/** A procedure as its router describes it. */
export interface DescribedProcedure {
  readonly path: string
  /** A subscription is a live stream; the others answer once. */
  readonly type: 'query' | 'mutation' | 'subscription'
  /** Undefined: it takes no input. */
  readonly input: z.ZodType | undefined
  /** Undefined: it does not say, and so may not be. */
  readonly output: z.ZodType | undefined
}

/** The procedures of a router, in its order. */
export function readProcedures(router: AnyTRPCRouter): readonly DescribedProcedure[] {
  return Object.entries<unknown>(router._def.procedures).flatMap(([path, procedure]) => {
    const def = property(procedure, '_def')
    const type = property(def, 'type')
    if (type !== 'query' && type !== 'mutation' && type !== 'subscription') return []
    const inputs = property(def, 'inputs')
    const [input] = Array.isArray(inputs) ? inputs.filter((schema) => schema instanceof z.ZodType) : []
    const output = property(def, 'output')
    return [{ path, type, input, output: output instanceof z.ZodType ? output : undefined }]
  })
}

function property(value: unknown, name: string): unknown {
  const holder = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return holder ? Reflect.get(value, name) : undefined
}
