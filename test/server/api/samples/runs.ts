import type { Samples } from '../matrix-world.ts'

export const samples: Samples = {
  'runs.list': ({ pipelineId }) => ({ pipelineId }),
  'runs.get': ({ runId }) => ({ id: runId }),
  'runs.log': ({ runId }) => ({ id: runId }),
  'runs.compare': ({ runId, otherRunId }) => ({ a: runId, b: otherRunId }),
  'runs.exportCsv': ({ pipelineId }) => ({ pipelineId }),
  'runs.skipped': ({ pipelineId }) => ({ pipelineId }),
  'runs.start': ({ pipelineId }) => ({ pipelineId }),
  'runs.cancel': ({ runId }) => ({ id: runId }),
  'runs.retryFailed': ({ runId }) => ({ id: runId }),
  'runs.resync': ({ pipelineId }) => ({ pipelineId, objects: ['tags'] }),
  'runs.watch': ({ runId }) => ({ runIds: [runId] }),
}
