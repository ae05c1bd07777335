import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findRestrictions } from '../store/oauth-rows.ts'
import { chooseRegion } from './choose-region.ts'
import { isSandbox } from './find-profile.ts'
import type { KnownConnector } from './open-own-connector.ts'

/** Where a trip to the consent page leads, and under which app. */
export interface WantedTrip {
  readonly region?: string | undefined
  /** Null: the installation's own. */
  readonly profileId: string | null
  readonly apiBaseUrl?: string | undefined
}

/**
 * The region of a trip to the consent page, as the workspace's admins allow it at this moment. Throws `FORBIDDEN` for a region or an OAuth
 * profile that they do not allow, and `INVALID` for a region that there is not.
 */
export async function insistOnAllowed(
  actor: Actor,
  { name, manifest }: KnownConnector,
  { region, profileId, apiBaseUrl }: WantedTrip,
): Promise<{ readonly region: string }> {
  const { allowedRegions, installationProfileAllowed } = await actor.transaction((tx) =>
    findRestrictions(tx, actor.workspaceId),
  )
  if (profileId === null && !installationProfileAllowed && !isSandbox(actor, apiBaseUrl))
    throw new DomainError(
      'FORBIDDEN',
      'An admin allows only the OAuth profiles registered in this workspace. Choose one of them.',
    )
  return { region: chooseRegion(manifest, region, allowedRegions[name]) }
}
