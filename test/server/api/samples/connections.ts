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
  'connectors.get': () => ({ name: 'intercom' }),
  'connectors.source': () => ({ name: 'intercom' }),
  'connectors.check': () => ({ manifest: 'name: nothing', records: {} }),
  'connectors.try': ({ sourceId }) => ({ connectionId: sourceId, object: 'tags' }),
}
