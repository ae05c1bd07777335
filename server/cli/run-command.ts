import { dirname } from 'node:path'
import { inspect } from 'node:util'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { nearestWord } from '@penstock/schemas/nearest-word.ts'
import { readSecret } from '../env.ts'
import { pointerTo } from '../pipelines/problem.ts'
import type { Problem } from '../pipelines/problem.ts'
import { cancelOnSignals } from './cancel-on-signals.ts'
import { exitCodeOf } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { formatSummary } from './format-summary.ts'
import { locateFile, openDocument, refuseDocument } from './open-document.ts'
import { formatWarnings } from './print-problems.ts'
import { runPipeline } from './run-pipeline.ts'
import { showProgress } from './show-progress.ts'
import type { CommandContext } from './terminal.ts'

export interface RunOptions {
  readonly json?: boolean
  /** Objects separated by commas. */
  readonly only?: string
  readonly fullRefresh?: boolean
}

/** `run FILE`: validates a pipeline document and runs it once. */
export async function runCommand(
  named: string,
  options: RunOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, env } = context
  const form = options.json ? 'json' : 'text'
  const file = locateFile(named, env.invokedFrom)
  const checked = await openDocument(file, context, 'to use')
  if (!checked.sound) return refuseDocument(file, checked, context, form)
  const { pipeline, connector, warnings } = checked
  const only = options.only?.split(',').map((name) => name.trim())
  const unknown = unknownObjects(only ?? [], pipeline)
  if (unknown.length > 0) return refuseDocument(file, { problems: unknown, warnings }, context, form)

  if (warnings.length > 0) terminal.err(formatWarnings(warnings, terminal.errColors))
  const progress = await showProgress(terminal, only ?? Object.keys(pipeline.objects))
  using cancellation = cancelOnSignals(() =>
    progress.note(
      terminal.errColors.yellow('■ Stopping at the next checkpoint. Press Ctrl-C again to stop at once.'),
    ),
  )
  const report = await runPipeline({
    pipeline,
    connector,
    documentFolder: dirname(file.path),
    env,
    readSecret,
    only,
    fullRefresh: options.fullRefresh,
    onEvent: progress.onEvent,
    onTrouble: (error) => {
      if (env.debug) progress.note(inspect(error))
    },
    signal: cancellation.signal,
  }).finally(() => progress.stop())
  terminal.out(
    form === 'json' ? JSON.stringify(report, null, 2) : `\n${formatSummary(report, terminal.outColors)}`,
  )
  return exitCodeOf(report.status)
}

function unknownObjects(only: readonly string[], { objects }: Pipeline): readonly Problem[] {
  const known = Object.keys(objects)
  return only
    .filter((name) => !known.includes(name))
    .map((name) => ({
      pointer: pointerTo('objects', name),
      message: `--only names ${name || 'an object without a name'}, which the document does not.`,
      fix: `${meant(name, known)}The document's objects are: ${known.join(', ')}.`,
    }))
}

function meant(name: string, known: readonly string[]): string {
  const near = nearestWord(name, known)
  return near ? `Did you mean ${near}? ` : ''
}
