import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Pipeline, Protection } from '@penstock/schemas/generated/pipeline.ts'
import type { Writer } from '../store/pipeline-source-rows.ts'
import type { KnownConnections } from './known-connection.ts'
import { pointerTo } from './problem.ts'
import type { JudgedProblem } from './problem.ts'
import { sensitivePaths } from './sensitive-paths.ts'
import { pipelineWarnings } from './validate-pipeline.ts'
import { covers } from './validate-protection.ts'

/** What is odd but allowed, each with what to do about it. */
export function documentWarnings(
  document: Partial<Pipeline>,
  connector: Connector | undefined,
  around: { readonly connections: KnownConnections; readonly writers: readonly Writer[] },
): readonly JudgedProblem[] {
  const { objects = {}, source } = document
  const saved = typeof source?.connection === 'string' ? around.connections.get(source.connection) : undefined
  return [
    ...pipelineWarnings(document).map((message) =>
      warning(
        pointerTo('newFields'),
        message,
        'Leave newFields out, or let new fields be added by themselves (schemaChanges: auto_sync).',
      ),
    ),
    ...Object.entries(objects).flatMap(([object, choice]) =>
      connector
        ? [
            ...plainPersonalData(object, choice?.fields ?? {}, connector),
            ...missingScope(object, connector, saved?.grantedScopes ?? null),
          ]
        : [],
    ),
    ...sameTables(Object.keys(objects), around.writers),
  ]
}

function warning(pointer: string, message: string, fix: string): JudgedProblem {
  return { pointer, message, fix, severity: 'warning' }
}

/** Sensitive fields that nobody decided about. Who writes `replicate` beside a field has decided. */
function plainPersonalData(
  object: string,
  fields: Readonly<Record<string, Protection>>,
  { records }: Connector,
): readonly JudgedProblem[] {
  const schema = records.get(object)
  if (!schema) return []
  const decided = Object.keys(fields)
  const plain = sensitivePaths(schema)
    .map(({ path }) => path)
    .filter((path) => !decided.some((one) => covers(one, path) || covers(path, one)))
  if (plain.length === 0) return []
  return [
    warning(
      pointerTo('objects', object, 'fields'),
      `${object}: ${listed(plain)} ${plain.length === 1 ? 'holds' : 'hold'} personal data and ${plain.length === 1 ? 'lands as it is' : 'land as they are'}.`,
      `Hash or exclude ${plain.length === 1 ? 'it' : 'them'}, or say replicate to confirm.`,
    ),
  ]
}

function missingScope(
  object: string,
  { manifest }: Connector,
  granted: readonly string[] | null,
): readonly JudgedProblem[] {
  if (granted === null) return []
  const needed = Object.entries(manifest.scopes ?? {}).find(([, scope]) => scope.objects.includes(object))
  if (!needed || granted.includes(needed[0])) return []
  return [
    warning(
      pointerTo('objects', object),
      `The connection was not granted “${needed[1].title}”, so ${object} will be skipped.`,
      'Authorise the connection again with this scope, or remove the object.',
    ),
  ]
}

/** Rows of two pipelines in one table: whoever writes last wins, and a pipeline of another account is refused by its runs. */
function sameTables(objects: readonly string[], writers: readonly Writer[]): readonly JudgedProblem[] {
  return writers.flatMap((writer) => {
    const both = objects.filter((object) => writer.objects.includes(object))
    if (both.length === 0) return []
    return [
      warning(
        pointerTo('destination', 'schema'),
        `“${writer.name}” fills the ${both.length === 1 ? 'table' : 'tables'} ${listed(both)} in this schema already.`,
        'Choose another schema, or remove what both have from one of the two.',
      ),
    ]
  })
}

/** `a, b and c`; from the seventh on only how many more there are. */
function listed(names: readonly string[]): string {
  if (names.length > 6) return `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
