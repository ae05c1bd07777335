import { inspect } from 'node:util'
import { ManifestProblems } from '@penstock/connectors/manifest-problems.ts'
import { RunFailure } from '../engine/failures.ts'
import { explainRefusedPath } from '../explain-refused-path.ts'
import { KeyRefused } from '../secrets/load-key.ts'
import type { Colors } from './terminal.ts'

/** What went wrong, in a sentence, and what someone can do about it. */
export interface Explanation {
  readonly code: string
  readonly message: string
  readonly advice: string
}

/** Any error as words for a person, without a stack. */
export function explainError(error: unknown): Explanation {
  if (error instanceof RunFailure) return { code: error.kind, message: error.message, advice: error.advice }
  if (error instanceof KeyRefused)
    return { code: 'missing_secret', message: error.message, advice: error.fix }
  if (error instanceof ManifestProblems)
    return {
      code: 'internal',
      message: error.message,
      advice: 'Correct the manifest, or leave that folder out.',
    }
  const refused = explainRefusedPath(error)
  return refused ? { code: 'internal', ...refused } : explainUnexpected(error)
}

/** The same as text; with `debug`, followed by the stack and its causes. */
export function formatError(error: unknown, colors: Colors, debug: boolean): string {
  const { message, advice } = explainError(error)
  const text = `${colors.red('✗')} ${message}\n  ${colors.cyan('→')} ${advice}`
  return debug ? `${text}\n\n${inspect(error)}` : text
}

function explainUnexpected(error: unknown): Explanation {
  const message = error instanceof Error ? error.message : String(error)
  return {
    code: 'internal',
    message: `Something went wrong that should not: ${message}`,
    advice: 'Set PENSTOCK_DEBUG=1 to see where, and please report it.',
  }
}
