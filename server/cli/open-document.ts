import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { destinationTypes } from '../destinations/registry.ts'
import { readSecret } from '../env.ts'
import { checkDocument } from '../pipelines/check-document.ts'
import type { CheckedDocument } from '../pipelines/check-document.ts'
import type { Problem } from '../pipelines/problem.ts'
import { exitCodes } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { formatProblems, formatWarnings } from './print-problems.ts'
import type { CommandContext } from './terminal.ts'

/** A document as a command was given it. */
export interface DocumentFile {
  /** As it was written on the command line: what messages say. */
  readonly named: string
  readonly path: string
}

/** npm runs scripts in the folder of package.json, so a path that is not there is looked for where npm was called. */
export function locateFile(named: string, invokedFrom: string | undefined): DocumentFile {
  const here = resolve(named)
  const there = resolve(invokedFrom ?? '.', named)
  return { named, path: existsSync(here) || !existsSync(there) ? here : there }
}

/** Reads a document and finds every problem. With `forUse`, what it names in the environment must be there, too. */
export async function openDocument(
  { path }: DocumentFile,
  { env }: CommandContext,
  purpose: 'to look at' | 'to use',
): Promise<CheckedDocument> {
  const options = { allowedHosts: env.allowedHosts, destinations: destinationTypes, now: new Date() }
  return checkDocument(path, purpose === 'to use' ? { ...options, readSecret } : options)
}

/** Says why nothing ran: as JSON on standard output, or in words on standard error. */
export function refuseDocument(
  { named }: DocumentFile,
  checked: { readonly problems: readonly Problem[]; readonly warnings: readonly string[] },
  { terminal }: CommandContext,
  form: 'json' | 'text',
): ExitCode {
  const { problems, warnings } = checked
  if (form === 'json')
    terminal.out(JSON.stringify({ file: named, valid: false, problems, warnings }, null, 2))
  else {
    terminal.err(formatProblems(named, problems, terminal.errColors))
    if (warnings.length > 0) terminal.err(`\n${formatWarnings(warnings, terminal.errColors)}`)
    terminal.err('\nNothing ran.')
  }
  return exitCodes.invalid
}
