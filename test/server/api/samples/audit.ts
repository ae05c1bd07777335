import type { Samples } from '../matrix-world.ts'

export const samples: Samples = {
  'audit.list': () => ({ limit: 10 }),
  'audit.export': () => ({}),
}
