import { z } from 'zod'

/** One thing that is wrong with a document: where (a JSON pointer), what, what to do, and how bad it is. */
export const problemSchema = z.object({
  pointer: z.string(),
  message: z.string(),
  fix: z.string(),
  severity: z.enum(['error', 'warning']),
})

/** Every problem of a document; errors first. */
export const problemsSchema = z.array(problemSchema).readonly()
