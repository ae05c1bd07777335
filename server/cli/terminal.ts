import pico from 'picocolors'
import type { Environment } from '../env.ts'

export type Colors = ReturnType<typeof pico.createColors>

/** Where a command speaks: what it answers on `out`, what happens meanwhile on `err`, each with the colours that stream can show. */
export interface Terminal {
  /** Writes text and a line end on standard output. */
  out(text: string): void
  /** Writes text and a line end on standard error. */
  err(text: string): void
  readonly outColors: Colors
  readonly errColors: Colors
  /** Whether standard error is a terminal on which lines can be rewritten. */
  readonly live: boolean
  /** Whether standard output is a terminal. */
  readonly outIsTerminal: boolean
}

/** What every command is given. */
export interface CommandContext {
  readonly env: Environment
  readonly terminal: Terminal
}

/** The process's own terminal. NO_COLOR is respected, and pipes get no colour unless FORCE_COLOR asks for it. */
export function processTerminal({ color }: Environment): Terminal {
  const colorsFor = (isTerminal: boolean): Colors =>
    pico.createColors(color === 'always' || (color === 'auto' && isTerminal))
  const outIsTerminal = process.stdout.isTTY === true
  const live = process.stderr.isTTY === true
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    outColors: colorsFor(outIsTerminal),
    errColors: colorsFor(live),
    live,
    outIsTerminal,
  }
}
