import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import type { Manifest } from '@penstock/schemas/generated/manifest.ts'
import type { RecordSchema } from '@penstock/schemas/generated/record.ts'
import type { Connector } from './read-connector.ts'
import { readInside } from './read-inside.ts'

/**
 * What was read out of a connector's folder and found to be sound, for the next start, which would find the same: reading and checking a
 * manifest takes longer than all else that a short command does. It counts only while every file of the folder that was read, and every file of
 * the code that checked it, is byte for byte the same.
 */
interface Kept {
  /** File → hash of its text. */
  readonly prints: Readonly<Record<string, string>>
  readonly manifest: Manifest
  readonly records: Readonly<Record<string, RecordSchema>>
}

/** Below node_modules, beside what Node made of our code: whoever can write here can change the code, too. */
const shelf = join(import.meta.dirname, '../node_modules/.cache/penstock/connectors')

/** Connectors that come with Penstock are kept, and no others: so there are never more files than those. */
export function isKept(folder: string): boolean {
  return dirname(folder) === import.meta.dirname
}

/** The connector in `folder` as it was kept; undefined where it was not, or where anything has changed since. */
export async function recallConnector(folder: string): Promise<Connector | undefined> {
  const kept = await readKept(folder).catch(() => undefined)
  if (!kept) return undefined
  const files = Object.entries(kept.prints)
  const same = await Promise.all(
    files.map(async ([file, print]) => {
      const read = await readInside(folder, file)
      return 'text' in read && printOf(read.text) === print
    }),
  )
  if (files.length === 0 || same.includes(false)) return undefined
  const { manifest } = kept
  return { name: manifest.name, folder, manifest, records: new Map(Object.entries(kept.records)) }
}

/** Keeps a connector that is sound, with the texts that it was read from. Where that cannot be, nothing is lost. */
export async function keepConnector(
  { folder, manifest, records }: Connector,
  texts: ReadonlyMap<string, string>,
): Promise<void> {
  const prints = Object.fromEntries([...texts].map(([file, text]) => [file, printOf(text)]))
  const kept: Kept = { prints, manifest, records: Object.fromEntries(records) }
  const body = JSON.stringify(kept)
  if (!isDeepStrictEqual(JSON.parse(body), kept)) return
  const place = placeOf(folder)
  const draft = `${place}.${randomUUID()}`
  try {
    await mkdir(shelf, { recursive: true })
    await writeFile(draft, `${printOf((await codePrint()) + body)}\n${body}`)
    await rename(draft, place)
  } catch {
    await rm(draft, { force: true }).catch(() => undefined)
  }
}

/** The first line is a hash of the code and of the rest: a file that was cut short, or made by other code, is as good as none. */
async function readKept(folder: string): Promise<Kept | undefined> {
  const text = await readFile(placeOf(folder), 'utf8')
  const end = text.indexOf('\n')
  const body = text.slice(end + 1)
  return text.slice(0, end) === printOf((await codePrint()) + body) ? JSON.parse(body) : undefined
}

function placeOf(folder: string): string {
  return join(shelf, `${basename(folder)}.json`)
}

let code: Promise<string> | undefined

/** A hash of the code and the schemas that a connector is checked with, and of the versions of what they stand on. */
async function codePrint(): Promise<string> {
  code ??= readCode()
  return code
}

async function readCode(): Promise<string> {
  const schemas = dirname(fileURLToPath(import.meta.resolve('@penstock/schemas/package.json')))
  const folders = [import.meta.dirname, join(import.meta.dirname, 'check'), schemas]
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder)).filter((name) => /\.(ts|json)$/.test(name)).map((name) => join(folder, name)),
    ),
  )
  const texts = await Promise.all(files.flat().map((file) => readFile(file, 'utf8')))
  return printOf(texts.join('\0'))
}

function printOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
