import { catalogue } from './catalogue.ts'

/** What the panels of the editor learn from the server: next runs, the API's budget, tables, statements, rights. */
export const panelStrings = catalogue({
  nextRuns: 'Next runs',
  nextRunsUtc: 'UTC',
  nextRunsLocal: (zone: string) => `In ${zone}`,
  shortestGap: (minutes: number) => `Never closer together than ${minutes} minutes.`,
  budget: 'The API’s limit',
  sharedBy: (names: string) => `Shared with: ${names}.`,
  sharedByNone: 'No other pipeline uses this account.',
  tables: 'Tables',
  tablesHint:
    'One for each object. Rows are merged by key or replaced as a whole; what the API no longer reports stays until then.',
  tableOf: (object: string) => `of ${object}`,
  noTables: 'Choose objects at the source; each lands as a table.',
  statements: 'What the next run will do here',
  statementsHint: 'The statements that make or change tables, before anything runs.',
  statementsNone: 'Nothing: the tables are as the pipeline needs them.',
  statementsLater: 'Shown when the destination is chosen and the pipeline has no problems.',
  show: 'Show the statements',
  showAgain: 'Show them again',
  copyStatements: 'Copy the statements',
  rights: 'What it may do there',
  rightsNever: 'Not tried yet.',
  tryAgain: 'Try again',
  works: 'Works',
  worksNot: 'Does not work',
  scopes: 'Permissions of the account',
  scopeOpens: (objects: string) => `Opens ${objects}`,
  scopeUnknown: 'Not known',
  scopeMissing: 'Missing',
  scopeGranted: 'Granted',
})
