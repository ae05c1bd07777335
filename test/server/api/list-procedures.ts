import { appRouter } from '@penstock/server/api/router.ts'
import { readProcedures } from '@penstock/server/http/procedure-schemas.ts'
import { z } from 'zod'

export interface ListedProcedure {
  readonly path: string
  readonly type: 'query' | 'mutation' | 'subscription'
  /** As JSON Schema; undefined: it takes no input. */
  readonly inputSchema: Record<string, unknown> | undefined
  readonly hasOutput: boolean
}

/** Every procedure of the API, by name. */
export function listProcedures(): readonly ListedProcedure[] {
  return readProcedures(appRouter)
    .map(({ path, type, input, output }) => ({
      path,
      type,
      inputSchema: input && { ...z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) },
      hasOutput: output !== undefined,
    }))
    .toSorted((a, b) => a.path.localeCompare(b.path))
}
