import { findConnector } from '../pipelines/find-connector.ts'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import { DomainError } from '../domain-error.ts'

const known = new Map<string, Promise<Connector>>()

/**
 * The connector of a saved connection: one that comes with Penstock. A path, which a document on disk may name, is none here.
 * Throws `NOT_FOUND`. Read once in the life of a process, since a connector changes with an upgrade only.
 */
export async function findManifest(name: string): Promise<Connector> {
  const loading = known.get(name) ?? load(name)
  known.set(name, loading)
  try {
    return await loading
  } catch (error) {
    known.delete(name)
    throw error
  }
}

async function load(name: string): Promise<Connector> {
  const found = /^[a-z][a-z0-9_-]{0,63}$/.test(name) ? await findConnector(name, '/') : undefined
  if (found && 'connector' in found) return found.connector
  const why = found?.problems[0]
  throw new DomainError(
    'NOT_FOUND',
    why ? `${why.message} ${why.fix}` : 'A connector is named by its manifest’s name, such as intercom.',
  )
}
