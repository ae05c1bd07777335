import { openManifests } from '../connections/open-manifests.ts'
import { destinationTypes } from '../destinations/registry.ts'
import type { Tx } from '../store/database.ts'
import type { SummaryRow } from '../store/pipeline-summary-rows.ts'

/** What a pipeline's document names on a side that has no saved connection, by its title; null where it has one, or names nothing. */
export interface Unconnected {
  readonly source: string | null
  readonly destination: string | null
}

/** By the pipeline's id. One statement where a source lacks its connection, none where all have one. */
export async function nameUnconnected(
  tx: Tx,
  workspaceId: string,
  rows: readonly SummaryRow[],
): Promise<ReadonlyMap<string, Unconnected>> {
  const named = rows.map((row) => ({ id: row.id, ...namedAlone(row) }))
  const connectors = new Set(named.flatMap(({ source }) => source ?? []))
  const titles = await titlesOf(tx, workspaceId, connectors)
  return new Map(
    named.map(({ id, source, destination }) => [
      id,
      {
        source: source === null ? null : (titles.get(source) ?? source),
        destination: destination === null ? null : (destinationTypes.get(destination)?.title ?? destination),
      },
    ]),
  )
}

/** A draft may be anything. */
function namedAlone({ document, source_id, destination_id }: SummaryRow): Unconnected {
  return {
    source: source_id === null ? wordOf(document.source?.connector) : null,
    destination: destination_id === null ? wordOf(document.destination?.type) : null,
  }
}

function wordOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : null
}

/** A connector that nobody has any more has no title. */
async function titlesOf(
  tx: Tx,
  workspaceId: string,
  connectors: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  if (connectors.size === 0) return new Map()
  const manifests = await openManifests(tx, workspaceId)
  const titles = new Map<string, string>()
  for (const name of connectors) {
    const found = await manifests.find(name).catch(() => undefined)
    if (found) titles.set(name, found.manifest.title)
  }
  return titles
}
