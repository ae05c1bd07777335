import { checkMeaning } from './check-meaning.ts'
import type { ConnectorProblem } from './manifest-problems.ts'
import { readConnector } from './read-connector.ts'

/**
 * Everything that is wrong in a connector's folder: first what is not as the schemas say; when all is, what makes no
 * sense: names that do not exist, requests that cannot work, lists whose end is never known. Empty: it can be used.
 */
export async function checkConnector(folder: string): Promise<readonly ConnectorProblem[]> {
  const { connector, problems } = await readConnector(folder)
  return connector ? [...problems, ...checkMeaning(connector)] : problems
}
