import type { DiscoveredField } from '../store/change-rows.ts'
import type { DiscoveredFields } from './judge-document.ts'

/** The fields that runs of a pipeline found beside the manifest's, by object: a document may name them. */
export function fieldsByObject(added: readonly DiscoveredField[]): DiscoveredFields {
  const fields = new Map<string, string[]>()
  for (const { object, field } of added) fields.set(object, [...(fields.get(object) ?? []), field])
  return fields
}
