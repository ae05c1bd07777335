import type { Checkpoint, OpenWindow } from '@penstock/schemas/generated/checkpoint.ts'

type Reading = NonNullable<Checkpoint['reading']>

/**
 * The windows that an unfinished read left, where it came through with all but suspects; undefined where there is more to read of it. What
 * it looked for once more is left out: whoever reads what is newer looks for that again.
 */
export function suspectsAlone({ windows }: Reading): readonly OpenWindow[] | undefined {
  const left = windows.filter(({ again, only }) => again !== true && only !== true)
  return left.every(({ suspect }) => suspect === true) ? joinOverlapping(left) : undefined
}

/**
 * Fewer windows that together match the same. Each read begins before the last one's end: a row that spoils both would leave one more
 * window open in every run, and in the end there would be too many of them to read anything else.
 */
export function joinOverlapping(windows: readonly OpenWindow[]): readonly OpenWindow[] {
  const joined: OpenWindow[] = []
  for (const window of windows.toSorted((a, b) => begin(a) - begin(b))) {
    const place = joined.findIndex(
      ({ partition, before = Infinity }) => partition === window.partition && begin(window) <= before,
    )
    const met = joined[place]
    if (met) joined[place] = join(met, window)
    else joined.push(window)
  }
  return joined
}

function begin({ after = 0 }: OpenWindow): number {
  return after
}

/** One window in place of two, of which the first begins no later. What is durable of their records stays so. */
function join(first: OpenWindow, second: OpenWindow): OpenWindow {
  const { before: _, position: __, ...rest } = first
  const before = Math.max(first.before ?? Infinity, second.before ?? Infinity)
  const parents = { ...first.parents, ...second.parents }
  const vanished = [...new Set([...(first.vanished ?? []), ...(second.vanished ?? [])])]
  return {
    ...rest,
    ...(Number.isFinite(before) ? { before } : {}),
    ...(Object.keys(parents).length === 0 ? {} : { parents }),
    ...(vanished.length === 0 ? {} : { vanished }),
  }
}
