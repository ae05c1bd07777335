import type { Checkpoint, VanishedRecord } from '@penstock/schemas/generated/checkpoint.ts'
import { RunFailure } from './failures.ts'
import type { Errand } from './expand-record.ts'
import { allNodes } from './object-tree.ts'
import { ErrandFailure } from './run-errand.ts'

/** When the requests of more records than that have failed, and those of none came through in between, it is not for one bad record. */
const mostInARow = 4
/** So many records may be left unread by one run; where there are more, the read stops. */
const mostUnread = 20

/**
 * Records whose own requests fail however often they are sent, while those of others come: the API breaks on them. They keep nothing else
 * back. What belongs to them is remembered as missing in the checkpoint, and asked for by every run until it comes; until then the objects
 * that it belongs to have failed.
 */
export class UnreadRecords {
  readonly #why = new Map<string, RunFailure>()
  readonly #keys = new Set<string>()
  #inARow = 0

  /** Requests of a record came through. */
  passed(): void {
    this.#inARow = 0
  }

  /**
   * Of which objects a record's answers are missing, where the record may be left for later; undefined where the failure is no matter of
   * one record.
   */
  leave(key: string, errands: readonly Errand[], error: unknown): readonly string[] | undefined {
    if (!(error instanceof ErrandFailure) || !(error.cause instanceof RunFailure)) return undefined
    const { cause } = error
    if (!['unavailable', 'not_an_answer'].includes(cause.kind)) return undefined
    this.#keys.add(key)
    if (++this.#inARow > mostInARow || this.#keys.size > mostUnread) return undefined
    const objects = errands.flatMap(({ node }) => allNodes(node).map(({ object }) => object))
    for (const object of objects) this.#why.set(object, cause)
    return [...new Set(objects)]
  }

  /** What an object's failure is, of which so many records are missing something. */
  failureOf(object: string, count: number): RunFailure {
    const why = this.#why.get(object)
    const whose = count === 1 ? 'one record' : `${count} records`
    return new RunFailure(
      why?.kind ?? 'unavailable',
      `The API does not give what belongs to ${whose}; everything else of ${object} landed. The next run asks for it again. ${why?.message ?? ''}`.trim(),
      why ? { advice: why.advice, cause: why } : {},
    )
  }
}

/** The records of which something that belongs to this object is missing yet. */
export function unreadOf(
  object: string,
  checkpoint: Pick<Checkpoint, 'vanished'> | undefined,
): readonly VanishedRecord[] {
  return checkpoint?.vanished?.filter(({ unread }) => unread?.includes(object)) ?? []
}
