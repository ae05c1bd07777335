import type { Samples } from '../matrix-world.ts'

export const samples: Samples = {
  'projects.list': () => ({}),
  'projects.create': ({ name }) => ({ name }),
  'projects.rename': ({ projectId, name }) => ({ id: projectId, name }),
  'projects.move': ({ pipelineId, projectId }) => ({ subjectType: 'pipeline', id: pipelineId, projectId }),
  'projects.remove': ({ projectId }) => ({ id: projectId }),
}
