import { checkAccount } from './check/check-account.ts'
import { checkHeaders } from './check/check-headers.ts'
import { checkLists } from './check/check-lists.ts'
import { checkObjects } from './check/check-objects.ts'
import { checkParents } from './check/check-parents.ts'
import { checkPaths } from './check/check-paths.ts'
import { checkRecords } from './check/check-records.ts'
import { checkRequests } from './check/check-requests.ts'
import { checkSecrets } from './check/check-secrets.ts'
import { checkTemplates } from './check/check-templates.ts'
import type { ConnectorProblem } from './manifest-problems.ts'
import type { Connector } from './read-connector.ts'

/** What makes no sense in a connector whose files are as their schemas say. One file of check/ for each kind. */
export function checkMeaning(connector: Connector): readonly ConnectorProblem[] {
  const checks = [
    checkAccount,
    checkSecrets,
    checkObjects,
    checkLists,
    checkPaths,
    checkParents,
    checkRecords,
    checkRequests,
    checkHeaders,
    checkTemplates,
  ]
  return checks.flatMap((check) => [...check(connector)])
}
