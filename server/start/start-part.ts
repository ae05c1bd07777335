import { readEnvironment, withDefaults } from '../env.ts'
import type { Environment } from '../env.ts'
import { explainRefusedPath } from '../explain-refused-path.ts'
import { KeyRefused } from '../secrets/load-key.ts'
import { endWithParent } from './end-with-parent.ts'
import { startAll } from './start-all.ts'
import { startSandboxPart } from './start-sandbox-part.ts'
import { startServerPart } from './start-server-part.ts'
import { startWorkerPart } from './start-worker-part.ts'

/** A part that runs, and how it ends: nothing is lost, whoever waits is answered. */
export interface RunningPart {
  stop(): Promise<void>
}

/** On a terminal of one's own only what is odd is worth a line, and Ctrl C has no load balancer to wait for; machines differ. */
const atHome = { PENSTOCK_LOG: 'warn', PENSTOCK_FAREWELL_SECONDS: '0' }

const parts: Readonly<Record<string, (env: Environment) => Promise<RunningPart>>> = {
  all: startAll,
  server: startServerPart,
  worker: startWorkerPart,
  sandbox: startSandboxPart,
}

/** How long a part that is to end may take to begin. */
const longestStartMs = 10_000

/** Runs a part until SIGTERM or SIGINT; then it drains and the process ends with 0; a second one ends it at once. What keeps it from starting is said in a sentence, and the process ends with 1. */
export async function startPart(name: string, { child }: { readonly child: boolean }): Promise<void> {
  const start = Object.hasOwn(parts, name) ? parts[name] : undefined
  if (!start) return refuse(`There is no part ${name}. There are: ${Object.keys(parts).join(', ')}.`)
  const env = readEnvironment(name === 'all' ? withDefaults(atHome) : undefined)
  const starting = start(env)
  let ending = false
  const end = () => {
    if (ending) process.exit(130)
    ending = true
    // What is half begun may have taken a run already. Where it does not get on, nobody waits for it.
    const tooLong = setTimeout(() => process.exit(130), longestStartMs)
    starting
      .then((running) => {
        clearTimeout(tooLong)
        return running.stop()
      })
      .then(
        () => process.exit(0),
        (error: unknown) => refuse(sentenceOf(error, env)),
      )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  // Under `npm start` the database goes with our parent.
  if (child) endWithParent(end)
  try {
    await starting
  } catch (error) {
    if (!ending) refuse(sentenceOf(error, env))
  }
}

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`, () => process.exit(1))
}

function sentenceOf(error: unknown, env: Environment): string {
  if (!(error instanceof Error)) return 'Penstock could not start.'
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return takenSentence('port' in error ? Number(error.port) : env.port, env)
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return 'The PostgreSQL of DATABASE_URL does not answer. Start it, or unset DATABASE_URL to use the embedded one.'
  if (error instanceof KeyRefused) return `${error.message} ${error.fix}`
  const refused = explainRefusedPath(error)
  if (refused && !env.debug) return `${refused.message} ${refused.advice}`
  return env.debug ? (error.stack ?? error.message) : error.message
}

function takenSentence(port: number, { port: own, healthPort }: Environment): string {
  const setting =
    port === own ? 'PORT' : port === healthPort ? 'PENSTOCK_HEALTH_PORT' : 'PENSTOCK_SANDBOX_PORT'
  return `Port ${port} is taken: is Penstock running already? Choose another one with ${setting}=${port + 100}.`
}
