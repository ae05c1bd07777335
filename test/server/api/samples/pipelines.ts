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
  'pipelines.diff': ({ pipelineId }) => ({ id: pipelineId, from: 1, to: 'draft' }),
  'pipelines.duplicate': ({ pipelineId, name }) => ({ id: pipelineId, name }),
  'pipelines.export': ({ pipelineId }) => ({ id: pipelineId }),
  'pipelines.import': ({ name, projectId }) => ({ yaml: `name: ${name}`, projectId }),
  'pipelines.move': ({ pipelineId, projectId }) => ({ id: pipelineId, projectId }),
  'pipelines.rename': ({ pipelineId, name }) => ({ id: pipelineId, name }),
  'pipelines.version': ({ pipelineId }) => ({ id: pipelineId, version: 1 }),
  'pipelines.versions': ({ pipelineId }) => ({ id: pipelineId }),
  'pipelines.discardDraft': ({ pipelineId }) => ({ id: pipelineId }),
  'pipelines.remove': ({ pipelineId }) => ({ id: pipelineId }),
  'pipelines.nextRuns': () => ({ schedule: { every: '1h' } }),
  'pipelines.budget': ({ sourceId }) => ({ connectionId: sourceId }),
  'pipelines.plan': ({ pipelineId }) => ({ id: pipelineId }),
  'pipelines.present': ({ pipelineId }) => ({ id: pipelineId, tab: pipelineId, here: true }),
  'pipelines.samples': (ids) => ({ document: document(ids), object: 'tags' }),
  'pipelines.preview': (ids) => ({ document: document(ids), object: 'tags', limit: 5 }),
}
