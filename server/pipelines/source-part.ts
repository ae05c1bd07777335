import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import type { Tx } from '../store/database.ts'
import { connectorNamed, judgeIn, lookAround } from './judge-in-workspace.ts'
import { knownConnector } from './known-connector.ts'
import { pointerTo } from './problem.ts'
import { soundParts } from './sound-parts.ts'
import { objectNamed } from './validate-objects.ts'

/** What a document says about reading one object, whatever else of it is missing. */
export interface SourcePart {
  readonly connector: Connector
  readonly connectionId: string
  /** A whole pipeline of this one object; its destination is none. */
  readonly pipeline: Pipeline
}

/**
 * The part of a draft that is enough to look at an object before there is a destination. Throws `INVALID`, with the problems in its
 * details, where the source or the object itself has an error.
 */
export async function takeSourcePart(
  tx: Tx,
  actor: Actor,
  input: {
    readonly document: Readonly<Record<string, unknown>>
    readonly object: string
    /** Of the pipeline, where it is known. */
    readonly id: string | undefined
  },
): Promise<SourcePart> {
  const { document, object, id } = input
  const workspace = await lookAround(tx, actor, id)
  const { problems } = await judgeIn(tx, actor, workspace, { document, pipelineId: id })
  const here = [pointerTo('source'), pointerTo('objects', object)]
  const inTheWay = problems.filter(
    ({ pointer, severity }) =>
      severity === 'error' && here.some((place) => pointer === place || pointer.startsWith(`${place}/`)),
  )
  const named = connectorNamed(document)
  const found = named === undefined ? undefined : await knownConnector(workspace.manifests, named)
  const { source, objects, schemaChanges, newFields } = soundParts(document)
  const connectionId = source?.connection
  if (
    inTheWay.length > 0 ||
    !found ||
    !('connector' in found) ||
    typeof connectionId !== 'string' ||
    !workspace.connections.has(connectionId)
  )
    throw new DomainError('INVALID', inTheWay[0]?.message ?? 'Choose a source connection first.', {
      details: { problems: inTheWay },
    })
  if (!objectNamed(found.connector, object))
    throw new DomainError('NOT_FOUND', `${found.connector.manifest.title} has no object named ${object}.`)
  return {
    connector: found.connector,
    connectionId,
    pipeline: {
      name: 'Preview',
      source: { connector: found.connector.name, connection: connectionId },
      objects: { ...objects, [object]: objects?.[object] ?? {} },
      ...(schemaChanges ? { schemaChanges } : {}),
      ...(newFields ? { newFields } : {}),
      destination: { type: 'none', connection: 'none', schema: 'none' },
    },
  }
}
