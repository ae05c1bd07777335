import { parseArgs } from 'node:util'

export interface ChaosOptions {
  /** How many seeds to run, from `seed` on. */
  readonly seeds: number
  readonly seed: number
  readonly destination: 'postgres' | 'duckdb' | 'both'
  /** Rounds with a kill in each seed. */
  readonly kills: number
  readonly verbose: boolean
  /** Leaves each seed’s files behind, to look at. */
  readonly keep: boolean
  /** Measure instead how much of a first read a kill makes twice. */
  readonly repeats: boolean
  /** How long each answer takes meanwhile, in milliseconds. */
  readonly latencyMs: number
}

/** Reads the command line. Throws a sentence for what cannot be. */
export function readChaosOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      destination: { type: 'string', default: 'both' },
      kills: { type: 'string', default: '8' },
      verbose: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      repeats: { type: 'boolean', default: false },
      latency: { type: 'string', default: '100' },
    },
  })
  const { destination } = values
  if (destination !== 'postgres' && destination !== 'duckdb' && destination !== 'both')
    throw new RangeError('--destination takes postgres, duckdb or both.')
  return {
    seeds: count(values.seeds),
    seed: count(values.seed),
    destination,
    kills: count(values.kills),
    verbose: values.verbose,
    keep: values.keep,
    repeats: values.repeats,
    latencyMs: count(values.latency),
  }
}

function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new RangeError(`${text} is not a whole number.`)
}
