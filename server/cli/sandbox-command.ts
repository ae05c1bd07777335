import { behaviourSwitches } from '../sandbox/behaviour-switches.ts'
import { defaultSizes } from '../sandbox/sandbox-sizes.ts'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import type { Sandbox } from '../sandbox/start-sandbox.ts'
import { cancelOnSignals } from './cancel-on-signals.ts'
import { exitCodes } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { formatTable } from './print-table.ts'
import type { Colors, CommandContext } from './terminal.ts'

export interface SandboxFlags {
  readonly port: string
  readonly seed?: string
  readonly latency?: string
  /** The share of answers that go wrong. */
  readonly faults?: string
  /** `object=count`, each. */
  readonly size: readonly string[]
  /** `switch=value`, each. */
  readonly set: readonly string[]
  readonly switches?: boolean
}

/** `sandbox`: serves a sandbox workspace until it is stopped. */
export async function sandboxCommand(flags: SandboxFlags, { terminal }: CommandContext): Promise<ExitCode> {
  const { outColors: colors } = terminal
  if (flags.switches) {
    terminal.out(listSwitches(colors))
    return exitCodes.succeeded
  }
  using cancellation = cancelOnSignals(() => undefined)
  let sandbox: Sandbox
  try {
    sandbox = await startSandbox(readFlags(flags))
  } catch (error) {
    terminal.err(`${terminal.errColors.red('✗')} ${explain(error, flags.port)}`)
    return exitCodes.invalid
  }
  terminal.out(describe(sandbox, colors))
  await aborted(cancellation.signal)
  await sandbox.close()
  return exitCodes.succeeded
}

function readFlags({
  port,
  seed,
  latency,
  faults,
  size,
  set,
}: SandboxFlags): Parameters<typeof startSandbox>[0] {
  const sizes = Object.fromEntries(
    pairs(size, '--size').map(([object, count]) => [knownSize(object), countOf(count, '--size')]),
  )
  return {
    port: countOf(port, '--port'),
    seed: seed === undefined ? undefined : countOf(seed, '--seed'),
    latencyMs: latency === undefined ? undefined : countOf(latency, '--latency'),
    faults: faults === undefined ? undefined : { rate: shareOf(faults) },
    sizes,
    behaviour: Object.fromEntries(pairs(set, '--set')),
  }
}

function pairs(words: readonly string[], flag: string): readonly (readonly [string, string])[] {
  return words.map((word) => {
    const at = word.indexOf('=')
    if (at < 1) throw new RangeError(`${flag} takes name=value, not ${word}.`)
    return [word.slice(0, at), word.slice(at + 1)]
  })
}

function knownSize(object: string): string {
  if (Object.hasOwn(defaultSizes, object)) return object
  throw new RangeError(`The sandbox makes no ${object}. It makes ${Object.keys(defaultSizes).join(', ')}.`)
}

function countOf(text: string, flag: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new RangeError(`${flag} takes a whole number, not ${text}.`)
}

function shareOf(text: string): number {
  const rate = Number(text)
  if (text !== '' && rate >= 0 && rate <= 1) return rate
  throw new RangeError(`--faults takes a number from 0 to 1, not ${text}.`)
}

function explain(error: unknown, port: string): string {
  if (error instanceof RangeError) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `Port ${port} is taken. Choose another with --port, or 0 for any free one.`
  throw error
}

function describe({ url, token }: Sandbox, colors: Colors): string {
  const host = new URL(url).host
  return [
    `${colors.green('✓')} The sandbox workspace answers on ${colors.bold(url)} (token: ${token}). Ctrl-C stops it.`,
    '',
    '  To run a pipeline against it, in another terminal:',
    `    export PENSTOCK_ALLOWED_HOSTS=${host} INTERCOM_ACCESS_TOKEN=${token}`,
    '    npm run --silent penstock -- run examples/support-warehouse.yaml',
    ...(host === '127.0.0.1:4010' ? [] : [`  with apiBaseUrl: ${url} in the document.`]),
  ].join('\n')
}

function listSwitches(colors: Colors): string {
  const rows = Object.entries(behaviourSwitches).map(([name, { byDefault, says }]) => [
    name,
    String(byDefault),
    says,
  ])
  return formatTable([{ title: 'Switch' }, { title: 'Default' }, { title: 'What it does' }], rows, colors)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
