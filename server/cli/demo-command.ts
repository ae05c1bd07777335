import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { RunReport } from '@penstock/schemas/generated/run.ts'
import { readSecret } from '../env.ts'
import { answerQuestions } from './answer-questions.ts'
import { cancelOnSignals } from './cancel-on-signals.ts'
import { demoQuestions } from './demo-questions.ts'
import { openDemoWorkspace } from './demo-workspace.ts'
import type { DemoWorkspace } from './demo-workspace.ts'
import { exitCodeOf } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { formatSummary } from './format-summary.ts'
import { openDocument, refuseDocument } from './open-document.ts'
import { formatPlural } from './print-table.ts'
import { runPipeline } from './run-pipeline.ts'
import { showProgress } from './show-progress.ts'
import type { Colors, CommandContext } from './terminal.ts'

const example = join(import.meta.dirname, '../../examples/support-warehouse.yaml')
const tokenVariable = 'INTERCOM_ACCESS_TOKEN'

/** `demo`: the example document against a sandbox workspace, and three questions answered from what landed. */
export async function demoCommand(context: CommandContext): Promise<ExitCode> {
  const { terminal, env } = context
  const { outColors: colors } = terminal
  const demo = await openDemoWorkspace(env.dataDir, Date.now())
  try {
    const { url, token } = demo.sandbox
    const demoEnv = { ...env, allowedHosts: [...env.allowedHosts, '127.0.0.1:4010', new URL(url).host] }
    const file = { named: relative('.', example), path: example }
    const checked = await openDocument(file, { terminal, env: demoEnv }, 'to look at')
    if (!checked.sound) return refuseDocument(file, checked, context, 'text')
    const warehouse = resolve(env.dataDir, 'demo-warehouse.duckdb')
    terminal.out(introduce(demo, file.named, warehouse, colors))
    const pipeline = redirected(checked.pipeline, url, warehouse)
    const report = await runDemo({ ...checked, pipeline }, token, { terminal, env: demoEnv })
    terminal.out(`${formatSummary(report, colors)}\n`)
    if (report.status !== 'succeeded') return exitCodeOf(report.status)
    const answers = await answerQuestions(warehouse, demoQuestions, colors)
    terminal.out(`${answers.join('\n\n')}\n\n${whatNext(warehouse, colors)}`)
    return exitCodeOf(report.status)
  } finally {
    await demo.sandbox.close()
  }
}

type Sound = Extract<Awaited<ReturnType<typeof openDocument>>, { sound: true }>

async function runDemo(
  { pipeline, connector }: Sound,
  token: string,
  { terminal, env }: CommandContext,
): Promise<RunReport> {
  const progress = await showProgress(terminal, Object.keys(pipeline.objects))
  using cancellation = cancelOnSignals(() => progress.note('■ Stopping at the next checkpoint.'))
  return runPipeline({
    pipeline,
    connector,
    documentFolder: dirname(example),
    env,
    readSecret: (name) => (name === tokenVariable ? token : readSecret(name)),
    onEvent: progress.onEvent,
    signal: cancellation.signal,
  }).finally(() => progress.stop())
}

/** The example as it stands, but for the sandbox's port and the warehouse's place. */
function redirected(pipeline: Pipeline, apiBaseUrl: string, path: string): Pipeline {
  const { source, destination } = pipeline
  const connection = typeof source.connection === 'string' ? {} : source.connection
  return {
    ...pipeline,
    source: { ...source, connection: { ...connection, apiBaseUrl } },
    destination: { ...destination, connection: { path } },
  }
}

function introduce(
  { sandbox, changes }: DemoWorkspace,
  document: string,
  warehouse: string,
  colors: Colors,
): string {
  const news =
    changes === 0 || !existsSync(warehouse)
      ? 'It is the first run: everything is read.'
      : `${formatPlural(changes, 'change')} happened there since the last run: only those are read again, and the lists that Intercom gives only whole.`
  return [
    `${colors.bold('Penstock')} runs ${colors.cyan(document)}`,
    `  from  a sandbox Intercom workspace on ${sandbox.url}`,
    `  into  ${relative('.', warehouse)}`,
    `  ${news}`,
    '',
  ].join('\n')
}

function whatNext(warehouse: string, colors: Colors): string {
  const file = relative('.', warehouse)
  return [
    `  ${colors.bold('What next')}`,
    `  · Ask your own questions of ${colors.cyan(file)}, with any DuckDB client.`,
    `  · Run ${colors.cyan('npm run demo')} again: it goes on from the last checkpoint.`,
    `  · Use your own Intercom workspace: copy examples/own-workspace.yaml to my-pipeline.yaml, set ${tokenVariable}, then`,
    `      ${colors.cyan('npm run --silent penstock -- check my-pipeline.yaml')}`,
    `      ${colors.cyan('npm run --silent penstock -- run my-pipeline.yaml')}`,
    '  · README.md has the rest.',
  ].join('\n')
}
