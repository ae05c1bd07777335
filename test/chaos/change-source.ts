import type { ChangeKind } from '@penstock/server/sandbox/changes/change.ts'
import { visibleKinds } from '@penstock/server/sandbox/changes/change.ts'
import type { SeededRandom } from '../fakes/seeded-random.ts'
import type { SandboxProcess } from './sandbox-process.ts'

/**
 * Changes that a reader can find out about, or that take a whole record away. Left out is what changes a record silently
 * inside another one, such as a tag's name inside conversations, or a company that is deleted while contacts belong to it.
 */
const kinds: readonly ChangeKind[] = [
  ...visibleKinds,
  ...visibleKinds,
  'delete_contact',
  'merge_contacts',
  'delete_conversation',
  'delete_ticket',
  'delete_article',
  'create_tag',
  'rename_team',
  'rename_segment',
  'rename_collection',
]

/** What happens to the workspace between two runs; says so. */
export async function changeSource(sandbox: SandboxProcess, random: SeededRandom): Promise<string> {
  const changes = random.pick([0, 5, 30, 120])
  const seed = random.below(1e6)
  const seconds = random.pick([0, 0, 700, 3_700, 100_000, 260_000, 400_000])
  if (changes > 0) await sandbox.change({ random: changes, seed, kinds })
  if (seconds > 0) await sandbox.advance(seconds)
  return `${changes} changes (seed ${seed}), then ${seconds} s pass`
}
