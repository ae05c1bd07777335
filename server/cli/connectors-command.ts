import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { checkConnector } from '@penstock/connectors/check-connector.ts'
import { lineFinder } from '@penstock/connectors/find-line.ts'
import { listConnectors } from '@penstock/connectors/load-connector.ts'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import { readInside } from '@penstock/connectors/read-inside.ts'
import { exitCodes } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { formatPlural, formatTable } from './print-table.ts'
import type { CommandContext } from './terminal.ts'

/** `connectors`: what Penstock can read. */
export async function connectorsCommand({ terminal }: CommandContext): Promise<ExitCode> {
  const { outColors: colors } = terminal
  const rows = (await listConnectors()).map((connector) => describe(connector))
  const columns = [
    { title: 'Connector' },
    { title: 'API' },
    { title: 'Objects', align: 'right' as const },
    { title: 'Regions' },
  ]
  terminal.out(formatTable(columns, rows, colors))
  terminal.out(`\n  ${colors.dim('How to add one, without code: connectors/README.md')}`)
  return exitCodes.succeeded
}

/** `connectors check DIR`: every problem of a manifest folder. */
export async function checkConnectorCommand(
  named: string,
  { terminal, env }: CommandContext,
): Promise<ExitCode> {
  const { outColors: colors } = terminal
  const folder = resolve(env.invokedFrom ?? '.', named)
  const found = await stat(folder).catch(() => undefined)
  if (!found?.isDirectory()) {
    const fix = found
      ? `Name the folder that it is in: ${dirname(named)}`
      : 'Check the path, and the folder you are in.'
    terminal.out(colors.red(`✗ ${named} ${found ? 'is no folder' : 'is not there'}.`))
    terminal.out(`  ${colors.cyan('→')} ${fix}`)
    return exitCodes.invalid
  }
  const problems = await checkConnector(folder)
  if (problems.length === 0) {
    terminal.out(colors.green(`✓ ${named} is a sound connector.`))
    return exitCodes.succeeded
  }
  terminal.out(colors.red(`✗ ${named} cannot be used: ${formatPlural(problems.length, 'problem')}.`))
  const finders = await lineFinders(folder, new Set(problems.map(({ file }) => file)))
  for (const { file, pointer, message, fix, line: known } of problems) {
    const line = known ?? finders.get(file)?.(pointer)
    const place = `${file}${pointer && `#${pointer}`}${line === undefined ? '' : ` (line ${line})`}`
    terminal.out(`\n  ${colors.bold(place)}\n  ${message}\n  ${colors.cyan('→')} ${fix}`)
  }
  return exitCodes.invalid
}

/** What finds lines in each file that could be read. Each is read once, however many problems it has. */
async function lineFinders(
  folder: string,
  files: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ReturnType<typeof lineFinder>>> {
  const finders = new Map<string, ReturnType<typeof lineFinder>>()
  for (const file of files) {
    const read = await readInside(folder, file)
    if ('text' in read) finders.set(file, lineFinder(read.text))
  }
  return finders
}

function describe({ name, manifest }: Connector): readonly string[] {
  const { objects, api, title } = manifest
  return [name, title, String(Object.keys(objects).length), Object.keys(api.regions).join(', ')]
}
