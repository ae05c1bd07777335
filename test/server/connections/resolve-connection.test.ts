import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { loadConnector } from '@penstock/connectors/load-connector.ts'
import { resolveDestination, resolveSource } from '@penstock/server/connections/resolve-connection.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import { RunFailure } from '@penstock/server/engine/failures.ts'

const { manifest } = await loadConnector(`${import.meta.dirname}/../../../connectors/intercom`)
const readSecret = (name: string): string | undefined => (name === 'TOKEN' ? 'tok:canary' : undefined)

describe('a source’s connection', () => {
  test('holds its secrets so that nothing prints them', () => {
    const connection = resolveSource(
      { connector: 'intercom', connection: { region: 'eu', accessToken: { env: 'TOKEN' } } },
      manifest,
      readSecret,
    )
    const token = connection.settings.get('accessToken')
    expect(token instanceof Secret && token.reveal()).toBe('tok:canary')
    expect(inspect(connection, { depth: 5 }) + JSON.stringify([...connection.settings])).not.toContain(
      'canary',
    )
    expect(connection.region).toBe('eu')
  })

  test('is in the manifest’s own region when it does not say', () => {
    const source = { connector: 'intercom', connection: { accessToken: { env: 'TOKEN' } } }
    expect(resolveSource(source, manifest, readSecret).region).toBe('us')
  })

  test('is refused when its variable is not set', () => {
    const source = { connector: 'intercom', connection: { accessToken: { env: 'NOT_SET' } } }
    expect(() => resolveSource(source, manifest, readSecret)).toThrow(RunFailure)
    expect(() => resolveSource(source, manifest, readSecret)).toThrow('NOT_SET is not set')
  })
})

test('a destination’s path is counted from the document’s folder, and its references are followed', () => {
  const choice = {
    type: 'x',
    schema: 's',
    connection: { path: './w.duckdb', url: { env: 'TOKEN' }, port: 5432 },
  }
  expect(Object.fromEntries(resolveDestination(choice, '/documents/here', readSecret))).toEqual({
    path: '/documents/here/w.duckdb',
    url: 'tok:canary',
    port: '5432',
  })
})
