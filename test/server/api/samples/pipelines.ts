import type { Ids, Samples } from '../matrix-world.ts'

const document = ({ sourceId, destinationId, name }: Ids) => ({
  name,
  source: { connector: 'intercom', connection: sourceId },
  objects: { tags: {} },
  destination: { type: 'duckdb', connection: destinationId, schema: 'intercom' },
})

export const samples: Samples = {
  'pipelines.list': ({ projectId }) => ({ projectId }),
  'pipelines.get': ({ pipelineId }) => ({ id: pipelineId }),
  'pipelines.create': (ids) => ({ name: ids.name, projectId: ids.projectId, document: document(ids) }),
  'pipelines.saveDraft': (ids) => ({ id: ids.pipelineId, baseRevision: 1, document: document(ids) }),
  'pipelines.validate': (ids) => ({ document: document(ids) }),
  'pipelines.publish': ({ pipelineId }) => ({ id: pipelineId, revision: 1 }),
  'pipelines.pause': ({ pipelineId }) => ({ id: pipelineId }),
  'pipelines.resume': ({ pipelineId }) => ({ id: pipelineId }),
}
