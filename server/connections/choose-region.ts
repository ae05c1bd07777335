import type { Manifest } from '@penstock/schemas/generated/manifest.ts'
import { DomainError } from '../domain-error.ts'
import { defaultRegion } from '../pipelines/validate-source.ts'

/**
 * The region of a new connection: the one that was asked for, else the manifest's default. Throws `INVALID` for one that the manifest
 * does not have, and `FORBIDDEN` for one that an admin of the workspace did not allow.
 */
export function chooseRegion(
  manifest: Manifest,
  asked: string | undefined,
  allowed: readonly string[] | undefined,
): string {
  const { regions } = manifest.api
  const region = asked ?? defaultRegion(manifest)
  if (!Object.hasOwn(regions, region))
    throw new DomainError(
      'INVALID',
      `${manifest.title} has no such region. Choose from: ${Object.keys(regions).join(', ')}.`,
    )
  if (allowed && !allowed.includes(region)) {
    const titles = allowed.map((name) => regions[name]?.title ?? name).join(', ')
    throw new DomainError(
      'FORBIDDEN',
      `This workspace does not connect ${manifest.title} in ${regions[region]?.title ?? region}. An admin allows: ${titles || 'no region'}.`,
    )
  }
  return region
}
