import type { Problem } from '../pipelines/problem.ts'
import { formatPlural } from './print-table.ts'
import type { Colors } from './terminal.ts'

/** Every problem of a file: where, what, and what to do. */
export function formatProblems(file: string, problems: readonly Problem[], colors: Colors): string {
  const head = colors.red(`✗ ${file} is not valid: ${formatPlural(problems.length, 'problem')}.`)
  return [head, ...problems.map((problem) => formatProblem(file, problem, colors))].join('\n\n')
}

function formatProblem(file: string, { pointer, message, fix }: Problem, colors: Colors): string {
  const place = pointer === '' ? file : `${file}#${pointer}`
  return `  ${colors.bold(place)}\n  ${message}\n  ${colors.cyan('→')} ${fix}`
}

/** Warnings, each on a line of its own; empty where there are none. */
export function formatWarnings(warnings: readonly string[], colors: Colors): string {
  return warnings.map((warning) => `${colors.yellow('!')} ${warning}`).join('\n')
}
