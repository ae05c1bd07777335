import type { Samples } from '../matrix-world.ts'

export const samples: Samples = {
  'session.switchWorkspace': ({ workspaceId }) => ({ workspaceId }),
  'setup.checkToken': ({ name }) => ({ token: name }),
  'setup.createAdmin': ({ name }) => ({
    token: name,
    name,
    email: 'x@example.com',
    password: 'long enough to be one',
    workspaceName: name,
  }),
  'passwords.request': ({ name }) => ({ email: `${name}@example.com` }),
  'passwords.checkToken': ({ name }) => ({ token: name }),
  'passwords.reset': ({ name }) => ({ token: name, password: 'long enough to be one' }),
  'workspaces.create': ({ name }) => ({ name }),
  'workspaces.rename': ({ name }) => ({ name }),
  'members.setRole': ({ userId }) => ({ userId, role: 'editor' }),
  'members.remove': ({ userId }) => ({ userId }),
  'invitations.create': ({ name }) => ({ email: `${name}@example.com`, role: 'viewer' }),
  'invitations.revoke': ({ invitationId }) => ({ id: invitationId }),
  'invitations.look': ({ name }) => ({ token: name }),
  'invitations.accept': ({ name }) => ({ token: name, name, password: 'long enough to be one' }),
  'apiKeys.create': ({ name }) => ({ name, role: 'viewer' }),
  'apiKeys.revoke': ({ apiKeyId }) => ({ id: apiKeyId }),
  'settings.rotateHashKey': () => ({ version: 99, confirm: 'ROTATE' }),
  'settings.update': () => ({ allowedRegions: { intercom: ['us', 'eu'] } }),
}
