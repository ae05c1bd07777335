import { inspect } from 'node:util'
import { ManifestProblems } from '@penstock/connectors/manifest-problems.ts'
import { RunFailure } from '../engine/failures.ts'
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
  return explainSystemError(error) ?? explainUnexpected(error)
}

/** The same as text; with `debug`, followed by the stack and its causes. */
export function formatError(error: unknown, colors: Colors, debug: boolean): string {
  const { message, advice } = explainError(error)
  const text = `${colors.red('✗')} ${message}\n  ${colors.cyan('→')} ${advice}`
  return debug ? `${text}\n\n${inspect(error)}` : text
}

function explainSystemError(error: unknown): Explanation | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined
  const words = ioWords[String(error.code)]
  return words && { code: 'internal', message: `${String(error.path)}: ${words[0]}.`, advice: words[1] }
}

function explainUnexpected(error: unknown): Explanation {
  const message = error instanceof Error ? error.message : String(error)
  return {
    code: 'internal',
    message: `Something went wrong that should not: ${message}`,
    advice: 'Set PENSTOCK_DEBUG=1 to see where, and please report it.',
  }
}

const ioWords: Readonly<Record<string, readonly [string, string]>> = {
  EACCES: [
    'permission denied',
    'Check who owns it and its mode, or set PENSTOCK_DATA_DIR to another folder.',
  ],
  EROFS: ['the disk is read-only', 'Set PENSTOCK_DATA_DIR to a folder that can be written.'],
  ENOSPC: ['the disk is full', 'Make room and try again; nothing is lost.'],
  ENOENT: ['there is no such file or folder', 'Check the path, and the folder you are in.'],
  ENOTDIR: ['a part of this path is a file', 'Check the path.'],
  EEXIST: ['there is a file in the way', 'Check the path, or set PENSTOCK_DATA_DIR to another folder.'],
}
