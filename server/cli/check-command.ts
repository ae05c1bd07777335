import { dirname, join } from 'node:path'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { resolveSource } from '../connections/resolve-connection.ts'
import { checkAndClose } from '../destinations/check-and-close.ts'
import { HttpClient } from '../egress/http-client.ts'
import { checkConnection } from '../engine/check-connection.ts'
import type { ObjectAccess, RecordEstimate } from '../engine/check-connection.ts'
import type { Finding } from '../engine/destination.ts'
import { RunFailure } from '../engine/failures.ts'
import { readSecret } from '../env.ts'
import type { CheckedDocument } from '../pipelines/check-document.ts'
import { loadKeys } from '../secrets/load-key.ts'
import { cancelOnSignals } from './cancel-on-signals.ts'
import { exitCodes } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { locateFile, openDocument, refuseDocument } from './open-document.ts'
import { formatCount, formatTable } from './print-table.ts'
import { keptTokens, openDestination } from './run-pipeline.ts'
import type { Colors, CommandContext } from './terminal.ts'

type SoundDocument = Extract<CheckedDocument, { sound: true }>

/** `check FILE`: tries the source and the destination, object by object, and leaves nothing behind. */
export async function checkCommand(named: string, context: CommandContext): Promise<ExitCode> {
  const { terminal, env } = context
  const file = locateFile(named, env.invokedFrom)
  const checked = await openDocument(file, context, 'to use')
  if (!checked.sound) return refuseDocument(file, checked, context, 'text')
  using cancellation = cancelOnSignals(() => terminal.err('■ Stopping.'))
  const source = await checkSource(checked, context, cancellation.signal)
  const destination = await checkDestination(checked.pipeline, dirname(file.path), context)
  if (cancellation.signal.aborted) return exitCodes.cancelled
  return source && destination ? exitCodes.succeeded : exitCodes.failed
}

async function checkSource(
  { pipeline, connector }: SoundDocument,
  { terminal, env }: CommandContext,
  signal: AbortSignal,
): Promise<boolean> {
  const { outColors: colors } = terminal
  const http = new HttpClient({ allowedHosts: env.allowedHosts })
  try {
    const connection = resolveSource(pipeline.source, connector.manifest, readSecret)
    const keys = await loadKeys(join(env.dataDir, 'secret.key'), env.secretKey)
    const kept = keptTokens(env, keys, { connector, connection })
    const { account, objects } = await checkConnection({
      connector,
      connection: await kept.renewed(),
      keepTokens: kept.renew,
      http,
      signal,
    })
    const selected = objects.filter(({ object }) => Object.hasOwn(pipeline.objects, object))
    terminal.out(
      `${colors.bold(connector.manifest.title)}  ${colors.dim(Object.values(account).join(' · '))}\n`,
    )
    terminal.out(accessTable(selected, colors))
    return selected.every(({ access }) => access === 'works')
  } catch (error) {
    if (!(error instanceof RunFailure)) throw error
    terminal.out(
      `${colors.red('✗')} ${connector.manifest.title}: ${error.message}\n  ${colors.cyan('→')} ${error.advice}`,
    )
    return false
  } finally {
    await http.close()
  }
}

function accessTable(objects: readonly ObjectAccess[], colors: Colors): string {
  const counted = objects.some(({ records }) => records !== undefined)
  const rows = objects.map(({ object, access, message, records }) => [
    object,
    access === 'works' ? colors.green('✓ works') : colors.yellow(`○ ${access.replaceAll('_', ' ')}`),
    ...(counted ? [formatEstimate(records)] : []),
    access === 'works' ? colors.dim(message) : message,
  ])
  const counts = counted ? [{ title: 'Records', align: 'right' } as const] : []
  return formatTable([{ title: 'Object' }, { title: 'Access' }, ...counts, { title: 'Note' }], rows, colors)
}

/** How many records the API says there are; nothing where it does not tell. */
function formatEstimate(records: RecordEstimate | undefined): string {
  return records ? `${records.approximate ? 'about ' : ''}${formatCount(records.count)}` : ''
}

async function checkDestination(
  pipeline: Pipeline,
  documentFolder: string,
  { terminal }: CommandContext,
): Promise<boolean> {
  const { outColors: colors } = terminal
  terminal.out(
    `\n${colors.bold(pipeline.destination.type)}  ${colors.dim(`into ${pipeline.destination.schema}`)}\n`,
  )
  try {
    const findings = await checkAndClose(await openDestination(pipeline, documentFolder, readSecret))
    terminal.out(findings.map((finding) => formatFinding(finding, colors)).join('\n'))
    return findings.every(({ ok }) => ok)
  } catch (error) {
    if (!(error instanceof RunFailure)) throw error
    terminal.out(`  ${colors.red('✗')} ${error.message}\n    ${colors.cyan('→')} ${error.advice}`)
    return false
  }
}

function formatFinding({ ok, what, message }: Finding, colors: Colors): string {
  return `  ${ok ? colors.green('✓') : colors.red('✗')} ${what}: ${message}`
}
