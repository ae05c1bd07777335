import { useQuery } from '@tanstack/react-query'
import type { ConnectorForm } from '../api/answers.ts'
import { api } from '../api/client.ts'

/**
 * Whether there is an OAuth app to sign in with, of an admin or of the installation. Undefined until it is known; yes where it cannot be
 * known.
 */
export function useCanSignIn(connector: ConnectorForm | undefined): boolean | undefined {
  const asked = connector?.methods.includes('oauth') ?? false
  const profiles = useQuery(api.oauthProfiles.list.queryOptions(undefined, { enabled: asked }))
  const settings = useQuery(api.settings.get.queryOptions(undefined, { enabled: asked }))
  if (!connector || !asked) return false
  if (profiles.isError || settings.isError) return true
  if (!profiles.data || !settings.data) return undefined
  const own = settings.data.installationProfileAllowed && connector.installationProfile
  return own || profiles.data.some((profile) => profile.connector === connector.name)
}
