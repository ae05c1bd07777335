/**
 * What the operator decides by environment variable. This file is the only reader of process.env.
 *
 * | variable | means | absent |
 * |---|---|---|
 * | PENSTOCK_ALLOWED_HOSTS | hosts beyond the manifests' own that a connection may name: `host` or `host:port`, comma separated | none |
 * | PENSTOCK_ALLOWED_FOLDERS | folders beyond the data directory's `warehouses` in which a saved destination may keep files, comma separated | none |
 * | PENSTOCK_SECRET_KEY | the key ring, newest first: keys of 32 bytes in base64url, separated by commas or blanks | a file in the data directory |
 * | PENSTOCK_DATA_DIR | where Penstock keeps what is its own | ./data |
 * | PENSTOCK_DEBUG | 1: errors are printed with their stack | 0 |
 * | DATABASE_URL | Penstock's own PostgreSQL, 15 or newer | an embedded one in the data directory |
 * | PORT | where the server listens | 4400 |
 * | HOST | the address it listens on | 127.0.0.1 |
 * | PENSTOCK_URL | where people reach Penstock, as https://penstock.example.com; OAuth apps must know it | http://localhost:PORT |
 * | PENSTOCK_FAREWELL_SECONDS | how long a server that was asked to end still answers, while /readyz says 503: longer than the load balancer takes to notice | 2 |
 * | PENSTOCK_TRUSTED_PROXY | 1: X-Forwarded-For of the proxy before us is believed | 0 |
 * | PENSTOCK_SANDBOX_URL | the sandbox Intercom workspace that newcomers are offered; `npm start` serves one and sets it | none is offered |
 * | PENSTOCK_SANDBOX_PORT | where `npm start` serves the sandbox workspace; 0: nowhere | PORT + 10 at the first start, and from then on as it was |
 * | PENSTOCK_WEB_FOLDER | where the built web app is, for whoever builds it elsewhere | web/dist |
 * | PENSTOCK_LOG | info, warn, error or silent | info; warn under `npm start` |
 * | PENSTOCK_METRICS_TOKEN | what a monitoring system sends to read /metrics | /metrics answers callers on this machine only |
 * | PENSTOCK_HEALTH_PORT | where a worker that serves nothing else answers /livez, /readyz and /metrics, on HOST | nowhere |
 * | PENSTOCK_SLOTS | how many runs a worker carries at once | 4 |
 * | PENSTOCK_WORKER_NICE | by how many steps of `nice` the worker of `npm start` gives way to the server, 0 to 19 | 5 |
 * | SMTP_URL, SMTP_FROM | the mail server for alerts, invitations and new passwords, and the sender | mail is not sent |
 * | PENSTOCK_INTERCOM_CLIENT_ID, _CLIENT_SECRET | the installation's own OAuth profile; likewise for each connector, by its name | none |
 * | INIT_CWD | set by npm: the folder it was called in | the current folder |
 * | NO_COLOR, FORCE_COLOR | as everywhere: no-color.org | colour where it is a terminal |
 */
export interface Environment {
  /** Hosts an operator allowed, as written: `host` or `host:port`, lower case. */
  readonly allowedHosts: readonly string[]
  /** Folders an operator allowed for files of saved destinations. */
  readonly allowedFolders: readonly string[]
  /** The key ring's text; `loadKeys` parses it. */
  readonly secretKey: string | undefined
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly port: number
  readonly host: string
  /** Where people reach Penstock, without a path or a slash at the end. */
  readonly publicUrl: string
  readonly trustedProxy: boolean
  /** How long a server that was asked to end still answers, in ms. */
  readonly farewellMs: number
  /** The sandbox workspace's address; undefined: none is offered. */
  readonly sandboxUrl: string | undefined
  /** The built web app, where it is not in web/dist. */
  readonly webFolder: string | undefined
  /** Where `npm start` serves the sandbox workspace; 0: nowhere; undefined: see `chooseSandbox`. */
  readonly sandboxPort: number | undefined
  readonly logLevel: 'info' | 'warn' | 'error' | 'silent'
  readonly slots: number
  /** How much nicer the worker of `npm start` is than the server beside it, in the steps of `nice`; 0: they count alike. */
  readonly workerNice: number
  /** Where a worker answers whoever watches over it; undefined: nowhere. */
  readonly healthPort: number | undefined
  /** Undefined: /metrics is for callers on this machine only. */
  readonly metricsToken: string | undefined
  readonly smtp: { readonly url: string; readonly from: string } | undefined
  readonly debug: boolean
  /** The folder npm was called in, where a script of package.json is running. */
  readonly invokedFrom: string | undefined
  /** always and never are what the operator said; auto leaves it to the terminal. */
  readonly color: 'always' | 'never' | 'auto'
}

type Variables = Readonly<Record<string, string | undefined>>

/** Reads the environment once, at the start of a process. Never fails: what is malformed is refused where it is used. */
export function readEnvironment(variables: Variables = process.env): Environment {
  return {
    allowedHosts: (variables['PENSTOCK_ALLOWED_HOSTS'] ?? '')
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
    allowedFolders: (variables['PENSTOCK_ALLOWED_FOLDERS'] ?? '')
      .split(',')
      .map((folder) => folder.trim())
      .filter((folder) => folder !== ''),
    secretKey: variables['PENSTOCK_SECRET_KEY'] || undefined,
    dataDir: variables['PENSTOCK_DATA_DIR'] || './data',
    ...serverSettings(variables),
    debug: variables['PENSTOCK_DEBUG'] === '1',
    invokedFrom: variables['INIT_CWD'] || undefined,
    color: colorChoice(variables),
  }
}

/** The environment, where what the operator left out is as `defaults` say. */
export function withDefaults(
  defaults: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  return { ...defaults, ...process.env }
}

/** What a process that we start is given: all that we were given, and more. */
export function environmentWith(
  more: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return { ...process.env, ...more }
}

/** The value of the variable that a document names with `{ env: NAME }`; undefined where it is unset or empty. */
export function readSecret(name: string, variables: Variables = process.env): string | undefined {
  return variables[name] || undefined
}

function serverSettings(variables: Variables) {
  const port = Number(variables['PORT'] ?? 4400)
  const smtp = variables['SMTP_URL']
  return {
    databaseUrl: variables['DATABASE_URL'] || undefined,
    port,
    host: variables['HOST'] || '127.0.0.1',
    publicUrl: (variables['PENSTOCK_URL'] || `http://localhost:${port}`).replace(/\/+$/, ''),
    trustedProxy: variables['PENSTOCK_TRUSTED_PROXY'] === '1',
    farewellMs: 1000 * Math.max(0, Number(variables['PENSTOCK_FAREWELL_SECONDS'] || 2) || 0),
    sandboxUrl: variables['PENSTOCK_SANDBOX_URL'] || undefined,
    webFolder: variables['PENSTOCK_WEB_FOLDER'] || undefined,
    sandboxPort: variables['PENSTOCK_SANDBOX_PORT'] ? Number(variables['PENSTOCK_SANDBOX_PORT']) : undefined,
    logLevel: logLevelOf(variables['PENSTOCK_LOG']),
    workerNice: niceness(variables['PENSTOCK_WORKER_NICE']),
    slots: Math.max(1, Number(variables['PENSTOCK_SLOTS'] ?? 4) || 4),
    healthPort: portOf(variables['PENSTOCK_HEALTH_PORT']),
    metricsToken: variables['PENSTOCK_METRICS_TOKEN'] || undefined,
    smtp: smtp ? { url: smtp, from: variables['SMTP_FROM'] || 'penstock@localhost' } : undefined,
  } as const
}

function portOf(text: string | undefined): number | undefined {
  const port = Number(text || NaN)
  return Number.isInteger(port) && port >= 0 && port < 65_536 ? port : undefined
}

/** The OAuth app that the operator registered for a connector: `PENSTOCK_<CONNECTOR>_CLIENT_ID` and `_CLIENT_SECRET`. */
export function readOAuthApp(
  connector: string,
  variables: Variables = process.env,
): { readonly clientId: string; readonly clientSecret: string } | undefined {
  const name = `PENSTOCK_${connector.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
  const clientId = variables[`${name}_CLIENT_ID`]
  const clientSecret = variables[`${name}_CLIENT_SECRET`]
  return clientId && clientSecret ? { clientId, clientSecret } : undefined
}

function logLevelOf(text: string | undefined): Environment['logLevel'] {
  return text === 'warn' || text === 'error' || text === 'silent' ? text : 'info'
}

function colorChoice(variables: Variables): Environment['color'] {
  if (variables['NO_COLOR']) return 'never'
  if (variables['FORCE_COLOR'] && variables['FORCE_COLOR'] !== '0') return 'always'
  return variables['TERM'] === 'dumb' ? 'never' : 'auto'
}

/**
 * With 5, Linux gives a worker a third of the server's weight where processors are short. With 10, a ninth, it stirred so seldom on a busy
 * machine that a run which it should have taken over waited for more than 20 s.
 */
const usualNiceness = 5

function niceness(text: string | undefined): number {
  const number = Number(text ?? usualNiceness)
  return Number.isInteger(number) && number >= 0 && number <= 19 ? number : usualNiceness
}
