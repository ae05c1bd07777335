import type { Samples } from '../matrix-world.ts'

export const samples: Samples = {
  'changes.list': ({ pipelineId }) => ({ pipelineId }),
  'changes.waiting': ({ pipelineId }) => ({ pipelineId }),
  'changes.decide': ({ changeId }) => ({ ids: [changeId], decision: 'hash' }),
  'changes.plan': ({ changeId }) => ({ id: changeId, decision: 'replicate' }),
  'changes.undo': ({ changeId }) => ({ ids: [changeId] }),
}
