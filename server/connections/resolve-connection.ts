import { resolve } from 'node:path'
import type { Manifest } from '@penstock/schemas/generated/manifest.ts'
import type { DestinationChoice, SettingValue, Source } from '@penstock/schemas/generated/pipeline.ts'
import { Secret } from '../egress/secret.ts'
import { RunFailure } from '../engine/failures.ts'
import type { SourceConnection } from '../engine/source-connection.ts'
import type { ReadSecret } from '../pipelines/missing-secrets.ts'
import { defaultRegion } from '../pipelines/validate-source.ts'

/**
 * The connection that a validated document gives inline, with its references followed and its manifest's defaults filled in. What the manifest
 * calls a secret becomes a `Secret`. Throws `missing_secret` for a variable that is not set.
 */
export function resolveSource(
  { connection }: Source,
  manifest: Manifest,
  readSecret: ReadSecret,
): SourceConnection {
  if (typeof connection === 'string') throw savedConnection()
  const { region, apiBaseUrl, ...given } = connection
  const settings = new Map<string, string | Secret>()
  for (const [name, rule] of Object.entries(manifest.settings ?? {})) {
    const value = given[name] ?? rule.default
    if (value === undefined) continue
    const text = followReference(name, value, readSecret)
    settings.set(name, rule.secret ? new Secret(text) : text)
  }
  return {
    region: region ?? defaultRegion(manifest),
    ...(apiBaseUrl === undefined ? {} : { apiBaseUrl }),
    settings,
  }
}

/**
 * A destination's settings, with references followed. `path` is a file, counted from the document's own folder.
 * Throws `missing_secret` for a variable that is not set.
 */
export function resolveDestination(
  { connection }: DestinationChoice,
  documentFolder: string,
  readSecret: ReadSecret,
): ReadonlyMap<string, string> {
  if (typeof connection === 'string') throw savedConnection()
  return new Map(
    Object.entries(connection).map(([name, value]) => {
      const text = followReference(name, value, readSecret)
      return [name, name === 'path' ? resolve(documentFolder, text) : text]
    }),
  )
}

function followReference(name: string, value: SettingValue, readSecret: ReadSecret): string {
  if (typeof value !== 'object') return String(value)
  const text = readSecret(value.env)
  if (text === undefined)
    throw new RunFailure('missing_secret', `${name}: the environment variable ${value.env} is not set.`)
  return text
}

function savedConnection(): RunFailure {
  return new RunFailure('missing_secret', 'A saved connection can be used in the app only.')
}
