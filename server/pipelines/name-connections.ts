import type { Actor } from '../actor.ts'
import type { Tx } from '../store/database.ts'
import { listKnownConnections } from '../store/known-connection-rows.ts'
import type { Change, NameConnection } from './diff-documents.ts'

/** The names of the workspace's saved connections, for sentences about documents that name them by id. */
export async function nameConnections(tx: Tx, actor: Actor): Promise<NameConnection> {
  const known = await listKnownConnections(tx, actor.workspaceId)
  return (id) => known.get(id)?.name
}

const mostSentences = 50

/** What changed, for the audit log: each change a sentence, fifty at the most. */
export function auditSentences(changes: readonly Change[]): readonly string[] {
  const sentences = changes.slice(0, mostSentences).map(({ sentence }) => sentence)
  const more = changes.length - sentences.length
  return more === 0 ? sentences : [...sentences, `and ${more} more changes`]
}
