import { isConnectorName } from '../connections/find-manifest.ts'
import type { Manifests } from '../connections/open-manifests.ts'
import { DomainError } from '../domain-error.ts'
import { findConnector } from './find-connector.ts'
import type { FoundConnector } from './find-connector.ts'

/**
 * A connector of the workspace's own or one that comes with Penstock, by its name, or what is wrong with the name. The app reads no folder that
 * a document names: a path is no name here. With `version`, that one of the workspace's own, as a published pipeline reads with it.
 */
export async function knownConnector(
  manifests: Manifests,
  named: string,
  version?: number | null,
): Promise<FoundConnector> {
  if (!isConnectorName(named))
    return {
      problems: [
        {
          pointer: '/source/connector',
          message: 'A connector is named by its name here, not by a path.',
          fix: 'Choose one of the connectors that this Penstock has.',
        },
      ],
    }
  try {
    return { connector: await manifests.find(named, version) }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code !== 'NOT_FOUND')
      return {
        problems: [
          {
            pointer: '/source/connector',
            message: error.message,
            fix: 'Its author corrects it on the page Connectors.',
          },
        ],
      }
    return await findConnector(named, '/')
  }
}
