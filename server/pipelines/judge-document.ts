import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { parsePipeline } from '@penstock/schemas/parse.ts'
import { destinationTypes } from '../destinations/registry.ts'
import type { Writer } from '../store/pipeline-source-rows.ts'
import { documentWarnings } from './document-warnings.ts'
import { judgeConnection } from './known-connection.ts'
import type { KnownConnections } from './known-connection.ts'
import type { JudgedProblem, Problem } from './problem.ts'
import { soundParts, unknownConnection } from './sound-parts.ts'
import { validatePipeline } from './validate-pipeline.ts'

/** A document's fields that a run found and a person decided about, by object: known beside the manifest's. */
export type DiscoveredFields = ReadonlyMap<string, readonly string[]>

/** What the app knows when it judges a document. */
export interface AppSurroundings {
  /** The connector that the document names, or why there is none. Undefined: it names none. */
  readonly found: { readonly connector: Connector } | { readonly problems: readonly Problem[] } | undefined
  readonly connections: KnownConnections
  readonly discovered: DiscoveredFields
  /** The other pipelines that fill tables in the same schema of the same destination. */
  readonly writers: readonly Writer[]
  readonly now: Date
}

/** Every problem of a document, and the document itself where it may be published. */
export interface Judgement {
  /** Present when no problem is an error. */
  readonly pipeline: Pipeline | undefined
  readonly problems: readonly JudgedProblem[]
}

/** More than this nobody reads, and a document may have a problem in each of its lines. */
const mostTold = 500

/** Says every problem of a document of the app at once: of its form, of its meaning, of its connections; errors first, five hundred at the most. */
export function judgeDocument(document: unknown, around: AppSurroundings): Judgement {
  const parsed = parsePipeline(document)
  const parts: Partial<Pipeline> = 'value' in parsed ? parsed.value : soundParts(document)
  const { found } = around
  const connector = found && 'connector' in found ? found.connector : undefined
  const errors: readonly Problem[] = [
    ...('problems' in parsed ? parsed.problems : []),
    ...(found && 'problems' in found ? found.problems : []),
    ...validatePipeline(parts, {
      connector: connector && withDiscovered(connector, around.discovered),
      destinations: destinationTypes,
      allowedHosts: [],
      now: around.now,
      connections: 'saved',
    }),
  ]
  const judged = [
    ...errors.map((problem) => ({ ...problem, severity: 'error' as const })),
    ...judgeConnections(parts, around.connections),
    ...documentWarnings(parts, connector, around),
  ]
  const problems = [
    ...judged.filter(({ severity }) => severity === 'error'),
    ...judged.filter(({ severity }) => severity === 'warning'),
  ]
  const sound = 'value' in parsed && connector !== undefined && problems[0]?.severity !== 'error'
  return { pipeline: sound ? parsed.value : undefined, problems: problems.slice(0, mostTold) }
}

function judgeConnections(
  { source, destination }: Partial<Pipeline>,
  known: KnownConnections,
): readonly JudgedProblem[] {
  return [
    ...(source && source.connection !== unknownConnection ? judgeConnection('source', source, known) : []),
    ...(destination
      ? judgeConnection(
          'destination',
          { connector: destination.type, connection: destination.connection },
          known,
        )
      : []),
  ]
}

/** The connector with the fields that runs found beside its own, so that they can be named like any other. */
function withDiscovered(connector: Connector, discovered: DiscoveredFields): Connector {
  if (discovered.size === 0) return connector
  const records = new Map(connector.records)
  for (const [object, fields] of discovered) {
    const schema = records.get(object)
    if (!schema) continue
    // A field of any type: what it holds is the customer's own affair.
    const added = Object.fromEntries(fields.map((field) => [field, { type: 'object' as const }]))
    records.set(object, { ...schema, properties: { ...added, ...schema.properties } })
  }
  return { ...connector, records }
}
