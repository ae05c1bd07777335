import { isProtected } from './summarise-step.ts'
import type { DraftDocument } from './draft-document.ts'

/** The objects of a live pipeline that hash a field from now on which landed as it is: their older rows keep the plain values. */
export function newlyHashed(live: DraftDocument | undefined, next: DraftDocument): readonly string[] {
  return Object.keys(next.objects).filter((name) => {
    if (!live || !Object.hasOwn(live.objects, name)) return false
    const before = live.objects[name]?.fields ?? {}
    return Object.entries(next.objects[name]?.fields ?? {}).some(
      ([path, protection]) => protection === 'hash' && !isProtected(path, before),
    )
  })
}
