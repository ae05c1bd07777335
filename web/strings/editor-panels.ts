import { catalogue } from './catalogue.ts'

/** What the panels of the editor learn from the server: next runs, the API's budget, tables, statements, rights. */
export const panelStrings = catalogue({
  nextRuns: 'Next runs',
  nextRunsUtc: 'UTC',
  nextRunsUnknown: 'The next runs are shown as soon as Penstock answers again.',
  nextRunsLocal: (zone: string) => `Next runs, in ${zone}`,
  runs: (sentence: string) => `Runs ${sentence}.`,
  clocksChange: (zone: string, by: number, run: string) =>
    `Clocks in ${zone} are set ${by > 0 ? 'forward' : 'back'} by ${lengthOf(Math.abs(by))} before the run of ${run}. Runs keep their local time; from then on they are ${lengthOf(Math.abs(by))} ${by > 0 ? 'earlier' : 'later'} in UTC.`,
  quickest: 'Quickest',
  quickDestination: {
    duckdb: { label: 'A DuckDB file', hint: 'Nothing to install: the file is made beside Penstock.' },
    postgres: { label: 'A PostgreSQL database', hint: 'Paste its URL: postgresql://…' },
  },
  shortestGap: (minutes: number) => `Never closer together than ${lengthOf(minutes)}.`,
  budget: 'The API’s limit',
  sharedBy: (names: string) => `Pipelines on this account: ${names}.`,
  sharedByNone: 'No other pipeline uses this account.',
  tables: 'Tables',
  tablesHint:
    'One for each object. Incremental ones are merged by key, and rows that the API no longer reports stay. The others are replaced as a whole.',
  tableOf: (object: string) => `of ${object}`,
  writes: { incremental: 'merged by key', full_refresh: 'replaced as a whole' },
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
  checkAgain: 'Check again',
  works: 'Works',
  worksNot: 'Does not work',
  scopes: 'Permissions of the account',
  scopeOpens: (objects: string) => `Needed for ${objects}`,
  scopeGranted: 'Granted',
  scopeMissing: 'Missing',
  scopeUnknown: 'Not known',
})

/** A length of time as one would say it: "45 minutes", "23 hours", "6 days 23 hours". */
function lengthOf(minutes: number): string {
  if (minutes < 120 && minutes !== 60) return countOf(minutes, 'minute')
  if (minutes < 2_880)
    return [countOf(Math.floor(minutes / 60), 'hour'), rest(minutes % 60, 'minute')].join('')
  return [countOf(Math.floor(minutes / 1_440), 'day'), rest(Math.floor((minutes % 1_440) / 60), 'hour')].join(
    '',
  )
}

function rest(count: number, unit: string): string {
  return count === 0 ? '' : ` ${countOf(count, unit)}`
}

function countOf(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
