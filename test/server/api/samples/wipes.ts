import type { Samples } from '../matrix-world.ts'

export const samples: Samples = {
  'wipes.get': ({ wipeId }) => ({ id: wipeId }),
  'wipes.start': ({ sourceId }) => ({ connectionId: sourceId, confirm: 'DELETE' }),
}
