import { checkMeaning } from '@penstock/connectors/check-meaning.ts'
import type { ConnectorProblem } from '@penstock/connectors/manifest-problems.ts'
import { missingFile } from '@penstock/connectors/missing-file.ts'
import { readConnectorFrom } from '@penstock/connectors/read-connector.ts'
import type { Connector } from '@penstock/connectors/read-connector.ts'
import { DomainError } from '../domain-error.ts'

/** A connector as someone is writing it. */
export interface ConnectorDraft {
  /** YAML. */
  readonly manifest: string
  /** File, as the manifest names it, → JSON. */
  readonly records: Readonly<Record<string, string>>
}

const mostFiles = 200
const mostBytes = 256 * 1024
const fileName = /^(?:[A-Za-z0-9][A-Za-z0-9_-]*\/){0,3}[A-Za-z0-9][A-Za-z0-9._-]*\.json$/

/**
 * Reads and checks a draft; nothing is written anywhere. `connector` is there where the files are as their schemas say; it can be used where
 * there is no problem besides. Throws `INVALID` for what is too much, or would lie outside a connector's folder.
 */
export async function readDraft(draft: ConnectorDraft): Promise<{
  readonly connector: Connector | undefined
  readonly problems: readonly ConnectorProblem[]
}> {
  refuseExcess(draft)
  const files = new Map([...Object.entries(draft.records), ['manifest.yaml', draft.manifest] as const])
  const { connector, problems } = await readConnectorFrom('', async (file) => {
    const text = files.get(file)
    return text === undefined ? { problem: missing(file, Object.keys(draft.records)) } : { text }
  })
  return { connector, problems: connector ? [...problems, ...checkMeaning(connector)] : problems }
}

function missing(file: string, records: readonly string[]): ConnectorProblem {
  return missingFile(file, records, `Add the file ${file}.`)
}

/** Throws `INVALID` for files that are too many or too large, or whose names would lead out of a connector's folder. */
export function refuseExcess({ manifest, records }: ConnectorDraft): void {
  const files = Object.entries(records)
  if (files.length > mostFiles) throw new DomainError('INVALID', `More than ${mostFiles} files are not read.`)
  const odd = files.find(([file]) => !fileName.test(file))
  if (odd)
    throw new DomainError(
      'INVALID',
      'A record’s file is named as records/contact.schema.json, without dots before it.',
    )
  const large = [manifest, ...files.map(([, text]) => text)].some(
    (text) => Buffer.byteLength(text) > mostBytes,
  )
  if (large) throw new DomainError('INVALID', `A file of more than ${mostBytes} bytes is not read.`)
}
