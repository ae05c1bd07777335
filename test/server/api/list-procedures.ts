import { appRouter } from '@penstock/server/api/router.ts'
import { z } from 'zod'

export interface ListedProcedure {
  readonly path: string
  readonly type: 'query' | 'mutation' | 'subscription'
  /** As JSON Schema; undefined: it takes no input. */
  readonly inputSchema: Record<string, unknown> | undefined
  readonly hasOutput: boolean
}

interface Definition {
  readonly type: ListedProcedure['type']
  readonly inputs: readonly z.ZodType[]
  readonly output?: unknown
}

/** Every procedure of the API, as the router has them. */
export function listProcedures(): readonly ListedProcedure[] {
  const all = Object.entries(appRouter._def.procedures as Record<string, { _def: unknown }>)
  return all
    .map(([path, procedure]) => {
      const { type, inputs, output } = procedure._def as Definition
      const [input] = inputs
      const inputSchema = input && z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
      return { path, type, inputSchema, hasOutput: output !== undefined }
    })
    .toSorted((a, b) => a.path.localeCompare(b.path))
}
