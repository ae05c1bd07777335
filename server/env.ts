/**
 * What the operator decides by environment variable. This file is the only reader of process.env.
 *
 * | variable | means | absent |
 * |---|---|---|
 * | PENSTOCK_ALLOWED_HOSTS | hosts beyond the manifests' own that a connection may name: `host` or `host:port`, comma separated | none |
 * | PENSTOCK_SECRET_KEY | the key ring, newest first: keys of 32 bytes in base64url, separated by commas or blanks | a file in the data directory |
 * | PENSTOCK_DATA_DIR | where Penstock keeps what is its own | ./data |
 * | PENSTOCK_DEBUG | 1: errors are printed with their stack | 0 |
 * | INIT_CWD | set by npm: the folder it was called in | the current folder |
 * | NO_COLOR, FORCE_COLOR | as everywhere: no-color.org | colour where it is a terminal |
 */
export interface Environment {
  /** Hosts an operator allowed, as written: `host` or `host:port`, lower case. */
  readonly allowedHosts: readonly string[]
  /** The key ring's text; `loadKeys` parses it. */
  readonly secretKey: string | undefined
  readonly dataDir: string
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
    secretKey: variables['PENSTOCK_SECRET_KEY'] || undefined,
    dataDir: variables['PENSTOCK_DATA_DIR'] || './data',
    debug: variables['PENSTOCK_DEBUG'] === '1',
    invokedFrom: variables['INIT_CWD'] || undefined,
    color: colorChoice(variables),
  }
}

/** The value of the variable that a document names with `{ env: NAME }`; undefined where it is unset or empty. */
export function readSecret(name: string, variables: Variables = process.env): string | undefined {
  return variables[name] || undefined
}

function colorChoice(variables: Variables): Environment['color'] {
  if (variables['NO_COLOR']) return 'never'
  if (variables['FORCE_COLOR'] && variables['FORCE_COLOR'] !== '0') return 'always'
  return variables['TERM'] === 'dumb' ? 'never' : 'auto'
}
