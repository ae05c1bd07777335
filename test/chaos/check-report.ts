import type { RunnerEnd } from './runner-process.ts'

/** What a run that ended by itself must have said: its exit code, its sums, and nothing that only a bug says. */
export function checkReport({ code, report, err }: RunnerEnd): readonly string[] {
  if (!report)
    return code === null ? [] : [`the runner ended with ${code} and without a report: ${err.slice(-1500)}`]
  const found: string[] = []
  if ((report.status === 'succeeded') !== (code === 0))
    found.push(`the run ${report.status}, but its exit code was ${code}`)
  for (const { object, status, error, extracted, loaded, unchanged, filtered, rejected } of report.objects) {
    if (error?.code === 'internal') found.push(`${object} failed inside: ${error.message}`)
    if (status === 'succeeded' && extracted !== loaded + unchanged + filtered + rejected)
      found.push(
        `${object} extracted ${extracted}, which is not loaded ${loaded} + unchanged ${unchanged} + filtered ${filtered} + rejected ${rejected}`,
      )
  }
  if (report.error?.code === 'internal') found.push(`the run failed inside: ${report.error.message}`)
  return found
}
