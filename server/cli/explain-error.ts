import { inspect } from 'node:util'
import { ManifestProblems } from '@penstock/connectors/manifest-problems.ts'
import { RunFailure } from '../engine/failures.ts'
import { KeyRefused } from '../secrets/load-key.ts'
import type { Colors } from './terminal.ts'

/** What went wrong and what to do, for people; with `debug`, the stack and its causes as well. */
export function explainError(error: unknown, colors: Colors, debug: boolean): string {
  const sentence = `${colors.red('✗')} ${explain(error, colors)}`
  return debug ? `${sentence}\n\n${inspect(error)}` : sentence
}

function explain(error: unknown, colors: Colors): string {
  if (error instanceof RunFailure) return `${error.message}\n  ${colors.cyan('→')} ${error.advice}`
  if (error instanceof KeyRefused || error instanceof ManifestProblems) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const path = error instanceof Error && 'path' in error ? String(error.path) : ''
  if (code !== '' && path !== '') return `${path}: ${ioWords[code] ?? code}.`
  const message = error instanceof Error ? error.message : String(error)
  return `Something went wrong that should not: ${message}\n  ${colors.cyan('→')} Set PENSTOCK_DEBUG=1 to see where, and please report it.`
}

const ioWords: Readonly<Record<string, string>> = {
  EACCES: 'permission denied. Check who owns it and its mode',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full. Make room and try again; nothing is lost',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of this path is a file',
}
