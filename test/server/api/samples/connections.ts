import { tinyFiles } from '../../../fakes/tiny-api.ts'
import type { Samples } from '../matrix-world.ts'

export const samples: Samples = {
  'connections.list': ({ projectId }) => ({ projectId }),
  'connections.get': ({ sourceId }) => ({ id: sourceId }),
  'connections.createSource': ({ name, projectId }) => ({
    connector: 'intercom',
    name,
    projectId,
    region: 'us',
    apiBaseUrl: 'http://127.0.0.1:9',
    settings: { accessToken: 'not a token' },
  }),
  'connections.createDestination': ({ name, projectId }) => ({
    type: 'duckdb',
    name,
    projectId,
    settings: { path: `${name}.duckdb` },
  }),
  'connections.update': ({ sourceId, name }) => ({ id: sourceId, name }),
  'connections.test': ({ sourceId }) => ({ id: sourceId }),
  'connections.disconnect': ({ sourceId }) => ({ id: sourceId }),
  'connections.remove': ({ sourceId }) => ({ id: sourceId }),
  'connectors.get': ({ connector }) => ({ name: connector }),
  'connectors.source': ({ connector }) => ({ name: connector }),
  'connectors.check': () => ({ manifest: 'name: nothing', records: {} }),
  'connectors.draft': ({ connector }) => ({ name: connector }),
  'connectors.saveDraft': ({ connector }) => ({
    name: connector,
    baseRevision: 1,
    ...tinyFiles('https://api.example.com', connector),
  }),
  'connectors.discardDraft': ({ connector }) => ({ name: connector, revision: 1 }),
  'connectors.review': ({ connector }) => ({ name: connector, revision: 1 }),
  'connectors.publish': ({ connector }) => ({ name: connector, revision: 1, note: 'A note' }),
  'connectors.versions': ({ connector }) => ({ name: connector }),
  'connectors.version': ({ connector }) => ({ name: connector, version: 1 }),
  'connectors.movePipelines': ({ connector, pipelineId }) => ({
    name: connector,
    version: 1,
    pipelineIds: [pipelineId],
  }),
  'connectors.remove': ({ connector }) => ({ name: connector }),
  'connectors.tryDraft': ({ connector }) => ({
    ...tinyFiles('http://127.0.0.1:9', connector),
    object: 'notes',
    settings: { accessToken: 'not a token' },
  }),
  'connectors.try': ({ sourceId }) => ({ connectionId: sourceId, object: 'tags' }),
}
