import { parseArgs } from 'node:util'

export interface BenchOptions {
  /** Names of scenarios; undefined is all. */
  readonly only: readonly string[] | undefined
  /** How often each program is measured; the median counts. */
  readonly repeat: number
  /** Also what takes many minutes: a million contacts. */
  readonly long: boolean
  /** Where the figures are written as JSON; undefined is nowhere. */
  readonly json: string | undefined
  /** A share of the usual number of records. For trying the bench out: its figures mean little. */
  readonly scale: number
}

/** Reads the command line. Throws a sentence for what cannot be. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      repeat: { type: 'string', default: '3' },
      long: { type: 'boolean', default: false },
      json: { type: 'string' },
      scale: { type: 'string', default: '1' },
    },
  })
  const scale = Number(values.scale)
  if (!(scale > 0 && scale <= 1)) throw new RangeError('--scale takes a number above 0, up to 1.')
  const repeat = Number(values.repeat)
  if (!Number.isInteger(repeat) || repeat < 1)
    throw new RangeError('--repeat takes a whole number from 1 on.')
  return {
    only: values.only?.split(',').map((name) => name.trim()),
    repeat,
    long: values.long,
    json: values.json,
    scale,
  }
}
