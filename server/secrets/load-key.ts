import { hkdfSync, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A key ring that cannot be used: which rule it breaks, and what to do. It never quotes the key. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused'
  readonly fix: string

  constructor(sentence: string, fix: string = howToMake) {
    super(sentence)
    this.fix = fix
  }
}

const keyBytes = 32
/** Base64url of 32 bytes is 43 characters; the 44th, if any, is padding. */
const keyText = /^[A-Za-z0-9_-]{43}=?$/
const howToMake =
  'Make one with: node -p "crypto.randomBytes(32).toString(\'base64url\')" and set PENSTOCK_SECRET_KEY.'

/**
 * The workspace's key ring, newest first: from `text` (PENSTOCK_SECRET_KEY) where it is given, else from `file`, which the
 * first process to start makes, with mode 0600. Several processes that start at once end with the same key.
 * Rejects with `KeyRefused` for a key that is short, malformed or guessable, and for a file that others may read.
 */
export async function loadKeys(file: string, text: string | undefined): Promise<readonly Buffer[]> {
  if (text !== undefined) return parseKeys(text, 'PENSTOCK_SECRET_KEY')
  await makeKeyFile(file)
  await refuseLooseMode(file)
  return parseKeys(await readFile(file, 'utf8'), file)
}

/** The key under which protected fields are hashed: 32 bytes, derived, so that it is never the sealing key itself. */
export function deriveHashKey(key: Buffer): Buffer {
  return derive(key, 'penstock field hash v1')
}

/** The key under which secrets are sealed. */
export function deriveSealingKey(key: Buffer): Buffer {
  return derive(key, 'penstock sealing v1')
}

/** HKDF-SHA-256 (RFC 5869) with an empty salt: the input is uniform already. `purpose` names use and version. */
function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, keyBytes))
}

function parseKeys(text: string, origin: string): readonly Buffer[] {
  const keys = text.split(/[\s,]+/).filter((part) => part !== '')
  if (keys.length === 0) throw new KeyRefused(`${origin} holds no key.`)
  return keys.map((part) => parseKey(part, origin))
}

function parseKey(part: string, origin: string): Buffer {
  if (!keyText.test(part)) throw new KeyRefused(`${origin}: a key is 32 bytes in base64url, 43 characters.`)
  const key = Buffer.from(part, 'base64url')
  if (isKnown(key)) throw new KeyRefused(`${origin}: this key is one that anyone could guess.`)
  return key
}

/** One byte over and over, a count upwards, or words: what examples and defaults look like. 32 random bytes never do. */
function isKnown(key: Buffer): boolean {
  const distinct = new Set(key).size
  const counting = key.every((byte, index) => index === 0 || byte === ((key[index - 1] ?? 0) + 1) % 256)
  const words = key.every((byte) => byte >= 0x20 && byte < 0x7f)
  return distinct < 12 || counting || words
}

/** A link is made only where no file is, whole or not at all: the first process wins, and nobody reads half a key. */
async function makeKeyFile(file: string): Promise<void> {
  if (await exists(file)) return
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(draft, `${randomBytes(keyBytes).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    await link(draft, file)
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function refuseLooseMode(file: string): Promise<void> {
  if (process.platform === 'win32') return // there are no mode bits to look at
  const mode = (await stat(file)).mode & 0o777
  if ((mode & 0o077) !== 0)
    throw new KeyRefused(`${file} is open to others (mode ${mode.toString(8)}).`, `Run: chmod 600 ${file}`)
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: unknown) => {
      if (isErrno(error, 'ENOENT')) return false
      throw error
    },
  )
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
