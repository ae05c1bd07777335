import { findManifest } from '../connections/find-manifest.ts'
import { DomainError } from '../domain-error.ts'
import { findConnector } from './find-connector.ts'
import type { FoundConnector } from './find-connector.ts'

/**
 * A connector that comes with Penstock, by its name, or what is wrong with the name. The app reads no folder that a document names: a path
 * is no name here.
 */
export async function knownConnector(named: string): Promise<FoundConnector> {
  if (!/^[a-z][a-z0-9_-]{0,63}$/.test(named))
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
    return { connector: await findManifest(named) }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return await findConnector(named, '/')
  }
}
