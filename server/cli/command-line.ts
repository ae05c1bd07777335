import { CommanderError } from 'commander'
import { readEnvironment } from '../env.ts'
import { buildProgram } from './build-program.ts'
import { exitCodes } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { formatError } from './explain-error.ts'
import { processTerminal } from './terminal.ts'
import type { CommandContext } from './terminal.ts'

/** The command line's process: environment and terminal in, one of `exitCodes` out. */
const env = readEnvironment()
const context: CommandContext = { env, terminal: processTerminal(env) }

async function main(): Promise<ExitCode> {
  let code: ExitCode = exitCodes.succeeded
  try {
    await buildProgram(context, (answer) => {
      code = answer
    }).parseAsync()
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.succeeded : exitCodes.invalid
    context.terminal.err(formatError(error, context.terminal.errColors, env.debug))
    return exitCodes.failed
  }
}

/** A reader that went away (`… | head`) is no failure of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const code = await main()
// What was written is flushed first; then nothing that was left open keeps the process.
process.stdout.write('', () => process.exit(code))
