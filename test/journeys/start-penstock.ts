import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { AppRouter } from '@penstock/server/api/router.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import type { TRPCClient } from '@trpc/client'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'
import { createDatabase } from '../create-database.ts'
import { freePort } from '../free-port.ts'
import { builtWeb } from './build-web.ts'

/** Penstock as `npm start` runs it, on a port, a database and a folder of its own. */
export interface RunningPenstock {
  readonly url: string
  /** The one-time link that it printed. */
  readonly setupLink: string
  readonly sandboxUrl: string
  readonly databaseUrl: string
  readonly folder: string
  /** All that it printed so far, standard output and error. */
  readonly output: () => string
  /** SIGTERM, and waits for the end. Database and folder stay. */
  stop(): Promise<void>
  /** Stops it where it runs, and takes everything away. */
  remove(): Promise<void>
}

/** How long a browser may take to do what it was asked, on a machine at a sixth of its usual speed. In milliseconds. */
export const browserPatienceMs = 90_000

/** How a browser is opened: 1440 by 900, and free to copy, of which one without windows cannot ask anybody. */
export const browserDefaults: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  permissions: ['clipboard-read', 'clipboard-write'],
}

const root = join(import.meta.dirname, '../..')
export const password = 'correct horse battery staple'

/**
 * Starts everything (web, API, worker, sandbox) and waits until it can be used: the server has said its ready line, and the sandbox, a
 * process of its own that may come later, answers. The web app must be built: see test/journeys/build-web.ts.
 * `sandbox`: a smaller one in place of the one that it would start, closed with it.
 * With an empty DATABASE_URL it brings its own PostgreSQL, as `npm start` does: for scripts outside of a test run.
 */
export async function startPenstock(
  variables: Readonly<Record<string, string>> = {},
  sandbox?: Sandbox,
): Promise<RunningPenstock> {
  const database = variables['DATABASE_URL'] === undefined ? await createDatabase() : undefined
  const folder = await mkdtemp(join(tmpdir(), 'penstock-journey-'))
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const child = spawn(process.execPath, ['--max-semi-space-size=16', 'server/main.ts', 'all'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: database?.url,
      PORT: String(port),
      ...(sandbox ? { PENSTOCK_SANDBOX_URL: sandbox.url } : { PENSTOCK_SANDBOX_PORT: String(sandboxPort) }),
      PENSTOCK_DATA_DIR: folder,
      PENSTOCK_SECRET_KEY: randomBytes(32).toString('base64url'),
      PENSTOCK_LOG: 'warn',
      // On a busy machine the browser would go before the runs that it waits for.
      PENSTOCK_WORKER_NICE: '0',
      PENSTOCK_WEB_FOLDER: builtWeb,
      ...variables,
    },
  })
  let output = ''
  child.stderr.on('data', (text: Buffer) => (output += text.toString()))
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
  }
  const setupLink = await new Promise<string>((found, failed) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`
      const link = /(http\S+\/setup\?token=\S+)/.exec(line)?.[1]
      if (link) found(link)
    })
    child.once('exit', () => failed(new Error(`Penstock ended before it was ready:\n${output}`)))
  })
  const sandboxUrl = sandbox?.url ?? `http://127.0.0.1:${sandboxPort}`
  await waitForAnswer(`${sandboxUrl}/_sandbox/behaviour`, AbortSignal.timeout(240_000))
  return {
    url: `http://localhost:${port}`,
    setupLink,
    sandboxUrl,
    databaseUrl: database?.url ?? '',
    folder,
    output: () => output,
    stop,
    remove: async () => {
      await stop()
      await sandbox?.close()
      await database?.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Someone who signed in: the API as they call it, and a browser that carries their session. */
export interface SignedIn {
  readonly api: TRPCClient<AppRouter>
  readonly cookie: string
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>
}

/** Makes the first admin with the setup link, and signs in. */
export async function signUpAdmin(penstock: RunningPenstock, browser?: Browser): Promise<SignedIn> {
  const token = new URL(penstock.setupLink).searchParams.get('token') ?? ''
  const person = { name: 'Ada Admin', email: 'ada@example.com', password, workspaceName: 'Acme Support' }
  await clientOf(penstock.url).setup.createAdmin.mutate({ token, ...person })
  return await signIn(penstock, person.email, browser)
}

/** Signs in with the password all test people share. */
export async function signIn(penstock: RunningPenstock, email: string, browser?: Browser): Promise<SignedIn> {
  const answer = await fetch(`${penstock.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: penstock.url },
    body: JSON.stringify({ email, password }),
  })
  if (!answer.ok) throw new Error(`Sign-in answered ${answer.status}: ${await answer.text()}`)
  const cookies = answer.headers.getSetCookie().map((text) => text.split(';')[0] ?? '')
  return {
    api: clientOf(penstock.url, cookies.join('; ')),
    cookie: cookies.join('; '),
    newContext: async (options = {}) => {
      if (!browser) throw new Error('This sign-in has no browser.')
      const context = await browser.newContext({ ...browserDefaults, ...options })
      context.setDefaultTimeout(browserPatienceMs)
      await context.addCookies(
        cookies.map((text) => {
          const [name = '', ...value] = text.split('=')
          return { name, value: value.join('='), url: penstock.url }
        }),
      )
      return context
    },
  }
}

/**
 * The first is Debian's Chromium without the windows and menus of its own, which nobody sees here: the canvas journey takes 31 s of the
 * processor with it and 51 s with the second, both of version 156.
 */
const browsers = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** A real Chromium. Undefined where there is none: the journey says so loudly and is skipped. `CHROMIUM` names another one than that of Debian. */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = process.env['CHROMIUM'] ?? browsers.find((path) => existsSync(path))
  if (!executablePath) {
    process.stderr.write(
      '\n*** No Chromium: the journeys in the browser were SKIPPED. Install it to run them. ***\n\n',
    )
    return undefined
  }
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ]
  return await chromium.launch({
    executablePath,
    headless: true,
    args: [...args, '--disable-component-update', '--disable-sync'],
  })
}

async function waitForAnswer(url: string, signal: AbortSignal): Promise<void> {
  while (!(await fetch(url, { signal }).then(({ ok }) => ok, isRefused)))
    await new Promise((again) => setTimeout(again, 50))
}

/** Nobody listens there yet; anything else is an error. */
function isRefused(error: unknown): false {
  if (error instanceof TypeError) return false
  throw error
}

function clientOf(url: string, cookie?: string): TRPCClient<AppRouter> {
  const headers = cookie ? { cookie, Origin: url } : { Origin: url }
  return createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${url}/trpc`, headers })] })
}
