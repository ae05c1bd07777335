import type { ConnectorProblem } from '../manifest-problems.ts'
import type { Connector } from '../read-connector.ts'
import { problemIn } from './problem-at.ts'

/** Record schemas among a connector's files that none of its objects names. They harm nobody, and are often a name that was mistyped. */
export function unusedRecords(
  { manifest }: Pick<Connector, 'manifest'>,
  files: readonly string[],
): readonly ConnectorProblem[] {
  const used = new Set(Object.values(manifest.objects).map(({ record }) => record))
  return files
    .filter((file) => !used.has(file))
    .map((file) =>
      problemIn(
        file,
        [],
        'No object uses this file.',
        `Name it under “record” of an object, as record: ${file}, or remove it.`,
      ),
    )
}
