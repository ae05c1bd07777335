import type { Pipeline, SettingValue } from '@penstock/schemas/generated/pipeline.ts'
import { pointerTo } from './problem.ts'
import type { Problem } from './problem.ts'

/** Gives the value of an environment variable, undefined where it is unset or empty. */
export type ReadSecret = (name: string) => string | undefined

/** The environment variables that a document names and that are not set: problems of a run, not of the document. */
export function missingSecrets(
  { source, destination }: Partial<Pipeline>,
  readSecret: ReadSecret,
): readonly Problem[] {
  return [
    ...missingIn(['source', 'connection'], source?.connection, readSecret),
    ...missingIn(['destination', 'connection'], destination?.connection, readSecret),
  ]
}

function missingIn(
  at: readonly string[],
  connection: string | Readonly<Record<string, SettingValue | undefined>> | undefined,
  readSecret: ReadSecret,
): readonly Problem[] {
  if (typeof connection !== 'object') return []
  return Object.entries(connection).flatMap(([name, value]) => {
    if (typeof value !== 'object' || readSecret(value.env) !== undefined) return []
    return [
      {
        pointer: pointerTo(...at, name, 'env'),
        message: `The environment variable ${value.env} is not set.`,
        fix: `Set it before the command: ${value.env}=… npm run --silent penstock -- run FILE`,
      },
    ]
  })
}
