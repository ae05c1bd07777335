import type { ObjectReport, RunReport, SchemaChange } from '@penstock/schemas/generated/run.ts'
import { formatCount, formatDuration, formatPlural, formatTable } from './print-table.ts'
import type { TableColumn } from './print-table.ts'
import { formatStatus, paint } from './status-words.ts'
import type { Colors } from './terminal.ts'

const counts = ['extracted', 'loaded', 'unchanged', 'filtered', 'rejected', 'deleted', 'requests'] as const

/** What a run did, for people: a table of its objects, then what someone should know, then one line that says how it went. */
export function formatSummary(report: RunReport, colors: Colors): string {
  return [
    report.objects.length > 0 ? objectTable(report.objects, colors) : undefined,
    section('Warnings', warnings(report), colors),
    section(
      'Schema changes',
      report.objects.flatMap((object) => object.schemaChanges).map(describeChange),
      colors,
    ),
    section('What went wrong', failures(report, colors), colors),
    lastLine(report, colors),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n')
}

/** What was filtered is worth a column only where something was; with it, each line adds up to what was extracted. */
function objectTable(objects: readonly ObjectReport[], colors: Colors): string {
  const shown = counts.filter((name) => name !== 'filtered' || objects.some(({ filtered }) => filtered > 0))
  const columns: readonly TableColumn[] = [
    { title: 'Object' },
    { title: 'Status' },
    ...shown.map((name) => ({ title: capitalised(name), align: 'right' as const })),
  ]
  const rows = objects.map((object) => [
    object.object,
    formatStatus(object.status, colors),
    ...shown.map((name) => (object[name] === 0 ? colors.dim('0') : formatCount(object[name]))),
  ])
  return formatTable(columns, rows, colors)
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function section(title: string, lines: readonly string[], colors: Colors): string | undefined {
  if (lines.length === 0) return undefined
  return [`  ${colors.bold(title)}`, ...lines.map((line) => `  ${line}`)].join('\n')
}

function warnings({ objects }: RunReport): readonly string[] {
  return objects.flatMap(({ object, warnings: sentences }) =>
    sentences.map((sentence) => `! ${object}: ${sentence}`),
  )
}

const changeWords: Readonly<Record<SchemaChange['kind'], string>> = {
  added: 'is new',
  removed: 'is no longer sent',
  type_changed: 'changed its type',
}

const appliedWords: Readonly<Record<SchemaChange['applied'], string>> = {
  column_added: 'a column was added',
  column_added_hashed: 'a column was added, and its values are hashed',
  column_widened: 'its column was widened',
  none: 'nothing was done',
}

function describeChange({ object, field, kind, exampleType, applied }: SchemaChange): string {
  return `${object}.${field} ${changeWords[kind]} (${exampleType}): ${appliedWords[applied]}.`
}

function failures({ error, objects }: RunReport, colors: Colors): readonly string[] {
  const run = error ? [`${error.message} ${colors.cyan('→')} ${error.advice}`] : []
  const each = objects.flatMap(({ object, status, error: own }) =>
    own && own.message !== error?.message
      ? [`${paint(status, colors)(object)}: ${own.message} ${colors.cyan('→')} ${own.advice}`]
      : [],
  )
  return [...run, ...each]
}

function lastLine(report: RunReport, colors: Colors): string {
  const ms = Date.parse(report.finishedAt) - Date.parse(report.startedAt)
  const loaded = report.objects.reduce((sum, object) => sum + object.loaded, 0)
  const extra = [
    report.retries > 0 ? formatPlural(report.retries, 'retry').replace('retrys', 'retries') : undefined,
    report.rateLimitWaitMs > 0
      ? `${formatDuration(report.rateLimitWaitMs)} waiting for the rate limit`
      : undefined,
  ].filter((part) => part !== undefined)
  const facts = [
    `${formatStatus(report.status, colors)} in ${formatDuration(ms)}`,
    formatPlural(report.objects.length, 'object'),
    `${formatPlural(loaded, 'row')} loaded`,
    formatPlural(report.requests, 'request') + (extra.length > 0 ? ` (${extra.join(', ')})` : ''),
  ]
  return `  ${facts.join(colors.dim(' · '))}`
}
