import { nameOfMine } from '../api/client.ts'

/** The files of a connector as they are edited: the manifest, and the record schemas beside it. */
export interface ConnectorFiles {
  readonly manifest: string
  /** By file, as the manifest names it: the record schema as JSON text. */
  readonly records: Readonly<Record<string, string>>
}

/** Edits that are on this device only. */
export interface KeptFiles extends ConnectorFiles {
  /** The saved revision they were made upon; undefined: none. */
  readonly base?: number
}

const place = (name: string): string => nameOfMine(`penstock.connector.${name}`)

/** Keeps edited files in this browser; undefined: forgets them. Where the browser has no room left, they live in the open page alone. */
export function keepFiles(name: string, files: KeptFiles | undefined): void {
  if (!files) return localStorage.removeItem(place(name))
  try {
    localStorage.setItem(place(name), JSON.stringify(files))
  } catch {
    // What was kept before is older than what is on the screen: it must not come back in its place.
    localStorage.removeItem(place(name))
  }
}

/** The files that were edited in this browser; undefined when there are none. */
export function keptFiles(name: string): KeptFiles | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place(name)) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return undefined
    const { manifest, records, base } = { manifest: undefined, records: undefined, base: undefined, ...kept }
    if (typeof manifest !== 'string' || typeof records !== 'object' || records === null) return undefined
    return {
      manifest,
      records: Object.fromEntries(
        Object.entries(records).filter((file): file is [string, string] => typeof file[1] === 'string'),
      ),
      ...(typeof base === 'number' ? { base } : {}),
    }
  } catch {
    return undefined
  }
}

/** Whether two sets of files are the same, text by text. */
export function sameFiles(one: ConnectorFiles, other: ConnectorFiles): boolean {
  const [names, others] = [Object.keys(one.records), Object.keys(other.records)]
  return (
    one.manifest === other.manifest &&
    names.length === others.length &&
    names.every((name) => one.records[name] === other.records[name])
  )
}
