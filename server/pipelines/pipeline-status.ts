/** How a pipeline stands. draft: never published. needs_review: a schema change waits for a decision. */
export const pipelineStatuses = [
  'draft',
  'healthy',
  'running',
  'warning',
  'failed',
  'paused',
  'needs_review',
] as const
export type PipelineStatus = (typeof pipelineStatuses)[number]

/** What a list of pipelines is ordered by. */
export const pipelineOrders = ['name', 'status', 'last_run', 'next_run', 'updated'] as const
export type PipelineOrder = (typeof pipelineOrders)[number]
