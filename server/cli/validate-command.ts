import { nextRuns } from '../pipelines/next-runs.ts'
import type { Pipeline, Schedule } from '@penstock/schemas/generated/pipeline.ts'
import { exitCodes } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { locateFile, openDocument } from './open-document.ts'
import { formatProblems, formatWarnings } from './print-problems.ts'
import { formatPlural } from './print-table.ts'
import type { CommandContext } from './terminal.ts'

/** `validate FILE`: says every problem of a pipeline document, on standard output. Its environment variables need not be set. */
export async function validateCommand(
  named: string,
  options: { readonly json?: boolean },
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, env } = context
  const { outColors: colors } = terminal
  const file = locateFile(named, env.invokedFrom)
  const checked = await openDocument(file, context, 'to look at')
  const problems = checked.sound ? [] : checked.problems
  const { warnings } = checked
  if (options.json)
    terminal.out(JSON.stringify({ file: named, valid: checked.sound, problems, warnings }, null, 2))
  else {
    if (warnings.length > 0) terminal.out(formatWarnings(warnings, colors))
    terminal.out(
      checked.sound
        ? [colors.green(`✓ ${named} is valid.`), ...describe(checked.pipeline)].join('\n')
        : formatProblems(named, problems, colors),
    )
  }
  return checked.sound ? exitCodes.succeeded : exitCodes.invalid
}

function describe({ source, objects, destination, schedule }: Pipeline): readonly string[] {
  const count = formatPlural(Object.keys(objects).length, 'object')
  return [
    `  ${source.connector} → ${destination.type}, ${count} into ${destination.schema}`,
    `  ${schedule ? `next runs: ${describeRuns(schedule)}` : 'runs by hand only'}`,
  ]
}

function describeRuns(schedule: Schedule): string {
  const zone = 'cron' in schedule ? (schedule.timezone ?? 'UTC') : 'UTC'
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' })
  return `${nextRuns(schedule, new Date(), 3)
    .map((date) => format.format(date))
    .join(' · ')} (${zone})`
}
