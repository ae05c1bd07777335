import type { Samples } from '../matrix-world.ts'

export const samples: Samples = {
  'alerts.deliveries': ({ channelId }) => ({ channelId }),
  'alerts.createChannel': ({ name }) => ({
    kind: 'webhook',
    name,
    target: 'https://hooks.example.com/secret',
    kinds: ['run_failed'],
  }),
  'alerts.updateChannel': ({ channelId, name }) => ({ id: channelId, name }),
  'alerts.removeChannel': ({ channelId }) => ({ id: channelId }),
  'alerts.testChannel': ({ channelId }) => ({ id: channelId }),
}
