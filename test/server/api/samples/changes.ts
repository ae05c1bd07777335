import type { Samples } from '../matrix-world.ts'

export const samples: Samples = {
  'changes.list': ({ pipelineId }) => ({ pipelineId }),
  'changes.decide': ({ changeId }) => ({ ids: [changeId], decision: 'hash' }),
  'changes.undo': ({ changeId }) => ({ ids: [changeId] }),
}
