import type { OpenWindow } from '@penstock/schemas/generated/checkpoint.ts'
import type { CheckpointRule, ListRead } from '@penstock/schemas/generated/manifest.ts'
import { formatTime } from './record-time.ts'
import type { References } from './render-template.ts'

/** What a list's requests may name beside what is known of the run: one window of it, in one of its partitions. */
export function listReferences(
  list: Pick<ListRead, 'partitions'>,
  rule: CheckpointRule | undefined,
  window: OpenWindow,
  references: References,
): References {
  const partition = list.partitions?.[window.partition ?? 0] ?? {}
  const bound = (at: number | undefined) => (at === undefined || !rule ? undefined : formatTime(at, rule))
  return (name) => {
    if (name === 'window.after') return bound(window.after)
    if (name === 'window.before') return bound(window.before)
    if (!name.startsWith('partition.')) return references(name)
    const key = name.slice('partition.'.length)
    return Object.hasOwn(partition, key) ? partition[key] : undefined
  }
}
