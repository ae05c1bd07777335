import { listAddedFields } from '../store/change-rows.ts'
import type { Tx } from '../store/database.ts'
import type { DiscoveredFields } from './judge-document.ts'

/** The fields that runs of a pipeline found beside the manifest's, by object: a document may name them. */
export async function discoveredFields(
  tx: Tx,
  workspaceId: string,
  pipelineId: string,
): Promise<DiscoveredFields> {
  const fields = new Map<string, string[]>()
  for (const { object, field } of await listAddedFields(tx, workspaceId, pipelineId))
    fields.set(object, [...(fields.get(object) ?? []), field])
  return fields
}
