import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { checkMeaning } from '@penstock/connectors/check-meaning.ts'
import type { ConnectorProblem } from '@penstock/connectors/manifest-problems.ts'
import { readConnector } from '@penstock/connectors/read-connector.ts'
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
 * Reads and checks a draft in a temporary folder that is gone when this resolves. `connector` is there where the files are as their schemas
 * say; it can be used where there is no problem besides. Throws `INVALID` for what is too much, or would lie outside the folder.
 */
export async function readDraft(draft: ConnectorDraft): Promise<{
  readonly connector: Connector | undefined
  readonly problems: readonly ConnectorProblem[]
}> {
  refuseExcess(draft)
  const folder = await mkdtemp(join(tmpdir(), 'penstock-draft-'))
  try {
    await writeFile(join(folder, 'manifest.yaml'), draft.manifest, { mode: 0o600 })
    for (const [file, text] of Object.entries(draft.records)) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), text, { mode: 0o600 })
    }
    const { connector, problems } = await readConnector(folder)
    return { connector, problems: connector ? [...problems, ...checkMeaning(connector)] : problems }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function refuseExcess({ manifest, records }: ConnectorDraft): void {
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
