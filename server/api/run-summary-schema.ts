import { z } from 'zod'

const count = z.number()
const moment = z.string()

/** What went wrong, and what a person can do. */
export const toldError = z.object({ code: z.string(), message: z.string(), advice: z.string() })

export const runState = z.enum(['queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled'])

/** A run as lists show it; see runs/describe-run.ts. */
export const runSummary = z.object({
  id: z.string(),
  pipelineId: z.string(),
  pipelineName: z.string(),
  version: z.number(),
  trigger: z.enum(['schedule', 'manual', 'api', 'retry', 'resync']),
  triggeredBy: z.string().nullable(),
  state: runState,
  only: z.array(z.string()).nullable(),
  fullRefresh: z.boolean(),
  queuedAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  durationMs: z.number().nullable(),
  extracted: count,
  loaded: count,
  unchanged: count,
  rejected: count,
  deleted: count,
  requests: count,
  retries: count,
  rateLimitWaitMs: count,
  error: toldError.nullable(),
  attempt: z.number(),
})
