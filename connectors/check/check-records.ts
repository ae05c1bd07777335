import type { ConnectorProblem } from '../manifest-problems.ts'
import type { Connector } from '../read-connector.ts'
import { problemIn } from './problem-at.ts'

/** Penstock's own columns, in every table. */
const ownColumns = ['_synced_at', '_deleted_at']

/** The record schemas: names that are taken. */
export function* checkRecords(connector: Connector): Generator<ConnectorProblem> {
  const files = new Map([...connector.records].map(([object, record]) => [fileOf(connector, object), record]))
  for (const [file, record] of files) {
    for (const name of Object.keys(record.properties)) {
      if (!ownColumns.includes(name.toLowerCase())) continue
      const message = `“${name}” is a column of Penstock’s own.`
      yield problemIn(file, ['properties', name], message, 'Remove this field.')
    }
  }
}

function fileOf(connector: Connector, object: string): string {
  return connector.manifest.objects[object]?.record ?? ''
}
