import type { Actor } from '../actor.ts'
import { destinationTypes } from '../destinations/registry.ts'
import type { DestinationType } from '../destinations/registry.ts'
import { DomainError } from '../domain-error.ts'
import type { Destination } from '../engine/destination.ts'
import { findConnection } from '../store/connection-rows.ts'
import type { ConnectionRow } from '../store/connection-rows.ts'
import { openSecrets } from './open-secrets.ts'
import { refuseAddress } from './refuse-address.ts'
import { refuseUnusable } from './refuse-unusable.ts'
import { warehousePath } from './warehouse-path.ts'

/** A saved destination, ready to be opened. */
export interface LoadedDestination {
  readonly id: string
  readonly name: string
  /** The registry's word: duckdb, postgres. */
  readonly type: string
  /** Opens the namespace that a pipeline's tables land in. Whoever opens it closes it. */
  open(namespace: string): Promise<Destination>
}

/**
 * Finds a saved destination of the actor's workspace. Throws `NOT_FOUND`, and a `RunFailure` for one that is disconnected, or whose
 * address or path is not allowed. Holds no transaction when it answers.
 */
export async function loadDestination(actor: Actor, connectionId: string): Promise<LoadedDestination> {
  const row = await actor.transaction((tx) => findConnection(tx, actor.workspaceId, connectionId))
  if (row?.kind !== 'destination')
    throw new DomainError('NOT_FOUND', 'There is no such destination connection.')
  refuseUnusable(row)
  return await openDestination(actor, row)
}

/** A destination from its row, whatever its state. */
export async function openDestination(actor: Actor, row: ConnectionRow): Promise<LoadedDestination> {
  const type = destinationTypeNamed(row.connector)
  const opened = await openSecrets(actor.services.vault, row)
  const texts = new Map(
    [...opened].map(([name, value]) => [name, typeof value === 'object' ? value.reveal() : value]),
  )
  const settings = await confineSettings(actor, row.connector, texts)
  return {
    id: row.id,
    name: row.name,
    type: row.connector,
    open: (namespace) => type.open(settings, namespace),
  }
}

/** The registry's entry. Throws `NOT_FOUND`. */
export function destinationTypeNamed(name: string): DestinationType {
  const type = destinationTypes.get(name)
  if (type) return type
  const known = [...destinationTypes.keys()].join(', ')
  throw new DomainError('NOT_FOUND', `There is no destination of the type ${name}. Choose from: ${known}.`)
}

/** Settings that may be used as they are: whatever names a file is confined, and an address is looked at. Throws `destination_refused`. */
export async function confineSettings(
  { workspaceId, services: { env } }: Pick<Actor, 'workspaceId' | 'services'>,
  type: string,
  settings: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const confined = new Map(settings)
  const path = settings.get('path')
  if (type === 'duckdb' && path !== undefined)
    confined.set('path', await warehousePath(env, workspaceId, path))
  const url = settings.get('url')
  if (type === 'postgres' && url !== undefined) refuseAddress(env, url)
  return confined
}
