/** Where a watcher is: for each run the number of the last line of its log that was handed over, and the moment of that. */
export interface WatchCursor {
  /** Unix milliseconds; undefined: nothing was handed over yet. */
  readonly at: number | undefined
  readonly seqs: ReadonlyMap<string, number>
}

/** No moment is later than what a Date holds, and no line of a log has a greater number than a column for it. */
const latest = 8.64e15
const greatest = 2 ** 31 - 1

/** A cursor names so many runs at most; those beyond are told of again. */
const most = 50

/** A cursor as an event's id: short, since every event carries it. */
export function writeCursor({ at, seqs }: WatchCursor): string {
  const runs = [...seqs].slice(-most).map(([run, seq]) => `${packId(run)}.${seq.toString(36)}`)
  return [(at ?? 0).toString(36), ...runs].join('_')
}

/** Reads an event's id; what is no cursor begins anew. */
export function readCursor(text: string | undefined): WatchCursor {
  const [moment = '', ...runs] = (text ?? '').split('_')
  const at = Number.parseInt(moment, 36)
  if (!(at > 0 && at <= latest)) return { at: undefined, seqs: new Map() }
  const seqs = new Map<string, number>()
  for (const run of runs.slice(0, most)) {
    const [id = '', seq = ''] = run.split('.')
    const number = Number.parseInt(seq, 36)
    if (/^[0-9a-z]{1,25}$/.test(id) && number >= 0 && number <= greatest) seqs.set(unpackId(id), number)
  }
  return { at, seqs }
}

/** A UUID in base 36. */
function packId(id: string): string {
  return BigInt(`0x${id.replaceAll('-', '')}`).toString(36)
}

function unpackId(packed: string): string {
  let value = 0n
  for (const digit of packed) value = value * 36n + BigInt(Number.parseInt(digit, 36))
  const hex = value.toString(16).padStart(32, '0').slice(-32)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
