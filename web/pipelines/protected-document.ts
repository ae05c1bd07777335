import type { ConnectorDetail } from '../api/answers.ts'

/**
 * The draft of a pipeline over the connector's recommended objects, with every sensitive field hashed that may be:
 * a primary key or a checkpoint field stays as it is. Connection and destination are still to be chosen.
 */
export function protectedDocument(
  name: string,
  { name: connector, objects }: ConnectorDetail,
): Readonly<Record<string, unknown>> {
  const chosen = objects.filter(({ recommended }) => recommended)
  return {
    name,
    source: { connector },
    objects: Object.fromEntries(chosen.map(({ object, fields }) => [object, protectedObject(fields)])),
    schemaChanges: 'auto_sync',
    newFields: 'hash_sensitive',
  }
}

function protectedObject(
  fields: ConnectorDetail['objects'][number]['fields'],
): Readonly<Record<string, unknown>> {
  const hashed = fields.filter(({ sensitive, lockedBecause }) => sensitive !== null && lockedBecause === null)
  if (hashed.length === 0) return {}
  return { fields: Object.fromEntries(hashed.map(({ path }) => [path, 'hash'])) }
}
