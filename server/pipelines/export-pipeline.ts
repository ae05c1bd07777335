import { documentParts } from '@penstock/schemas/document-parts.ts'
import { stringify } from 'yaml'
import type { Actor } from '../actor.ts'
import { listKnownConnections } from '../store/known-connection-rows.ts'
import type { Draft } from '../store/pipeline-rows.ts'
import { requireVersion } from './list-versions.ts'
import { requirePipeline } from './require-pipeline.ts'

const head = ` A pipeline of Penstock. Its connections are named, not described: no secret is in here.\n Import it where connections of these names exist.`

/**
 * A pipeline as a YAML document: a published version's, or, without one, the draft. A connection stands there by its name; one that is no
 * more is left out. The same document always gives the same text.
 */
export async function exportPipeline(
  actor: Actor,
  { id, version }: { readonly id: string; readonly version?: number | undefined },
): Promise<{ readonly yaml: string }> {
  return await actor.transaction(async (tx) => {
    const { draft } = await requirePipeline(tx, actor, id)
    const document = version === undefined ? draft : (await requireVersion(tx, actor, id, version)).document
    const known = await listKnownConnections(tx, actor.workspaceId)
    return { yaml: writeYaml(document, (connection) => known.get(connection)?.name) }
  })
}

function writeYaml(document: Draft, nameOf: (id: string) => string | undefined): string {
  const named = { ...document, ...withNames(document, nameOf) }
  const first = documentParts
    .filter((key) => named[key] !== undefined)
    .map((key) => [key, named[key]] as const)
  const text = stringify(Object.fromEntries([...first, ...Object.entries(sorted(named))]), {
    lineWidth: 0,
    aliasDuplicateObjects: false,
  })
  return `${head.replaceAll(/^/gm, '#')}\n${text}`
}

function withNames(
  { source, destination }: Draft,
  nameOf: (id: string) => string | undefined,
): Readonly<Record<string, unknown>> {
  const name = (side: { readonly connection?: unknown } | undefined) => {
    if (!side || typeof side !== 'object') return side
    const { connection, ...rest } = side
    const known = typeof connection === 'string' ? nameOf(connection) : undefined
    return known === undefined ? rest : { ...rest, connection: known }
  }
  return {
    ...(source === undefined ? {} : { source: name(source) }),
    ...(destination === undefined ? {} : { destination: name(destination) }),
  }
}

/** What is not told first, by name. */
function sorted(document: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const told: readonly string[] = documentParts
  return Object.fromEntries(
    Object.entries(document)
      .filter(([key]) => !told.includes(key))
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
}
