import type { Samples } from '../matrix-world.ts'

export const samples: Samples = {
  'oauth.attempt': ({ attemptId }) => ({ attemptId }),
  'oauth.start': ({ name, projectId, profileId }) => ({
    connector: 'intercom',
    name,
    projectId,
    region: 'us',
    profileId,
    scopes: [],
  }),
  'oauth.resolveOtherAccount': ({ attemptId }) => ({ attemptId, choice: 'keep_old' }),
  'oauthProfiles.list': () => ({}),
  'oauthProfiles.create': ({ name }) => ({
    connector: 'intercom',
    name,
    clientId: 'client',
    clientSecret: 'a secret of theirs',
  }),
  'oauthProfiles.update': ({ profileId, name }) => ({ id: profileId, name }),
  'oauthProfiles.remove': ({ profileId }) => ({ id: profileId }),
}
