import type { Manifest } from '@penstock/schemas/generated/manifest.ts'

/** What a connector's manifest says beside its objects, where a test is about these: a bearer token, an account, one region. */
export const smallApi = {
  name: 'small',
  title: 'Small',
  api: { regions: { here: { title: 'Here', api: 'https://small.example' } } },
  settings: { token: { title: 'Token', secret: true } },
  authentication: [{ type: 'bearer', token: 'token' }],
  check: { request: { path: '/me' }, account: { id: 'id' } },
} satisfies Omit<Manifest, 'objects'>
