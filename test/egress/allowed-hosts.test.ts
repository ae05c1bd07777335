import { inspect, format } from 'node:util'
import { expect, test } from 'vitest'
import { chooseBaseUrl } from '@penstock/server/egress/allowed-hosts.ts'
import { Secret } from '@penstock/server/egress/secret.ts'
import { RunFailure } from '@penstock/server/engine/failures.ts'

const home = 'https://api.example.com'

test.each([
  [undefined, [], 'https://api.example.com/'],
  ['https://api.example.com', [], 'https://api.example.com/'],
  ['http://127.0.0.1:4010', ['127.0.0.1:4010'], 'http://127.0.0.1:4010/'],
  ['http://127.0.0.1:4010', ['127.0.0.1'], 'http://127.0.0.1:4010/'],
  ['http://Sandbox.Example/v1', [' sandbox.example:80 '], 'http://sandbox.example/v1'],
  ['https://sandbox.example', ['sandbox.example:443'], 'https://sandbox.example/'],
  ['http://[::1]:4010', ['[::1]:4010'], 'http://[::1]:4010/'],
])('the base URL %s is used where the operator lists %s', (asked, allowed, expected) => {
  expect(chooseBaseUrl(home, asked, allowed).href).toBe(expected)
})

test.each([
  ['http://127.0.0.1:4010', []],
  ['http://127.0.0.1:4011', ['127.0.0.1:4010']],
  ['http://api.example.com', []],
  ['https://api.example.com:8443', []],
  ['https://api.example.com.evil.example', []],
  ['https://api.example.com@evil.example', []],
  ['https://user:password@api.example.com', []],
  ['https://sandbox.example', ['sandbox.example:80']],
  ['https://evil.example', ['sandbox.example', '']],
  ['file:///etc/passwd', ['']],
  ['ftp://127.0.0.1', ['127.0.0.1']],
  ['not a URL', ['not a URL']],
])('the base URL %s is refused where the operator lists %s', (asked, allowed) => {
  expect(() => chooseBaseUrl(home, asked, allowed)).toThrow(RunFailure)
})

test('a secret never prints', () => {
  const secret = new Secret('canary')
  const printed = [
    String(secret),
    `${secret.toString()}`,
    JSON.stringify({ secret, list: [secret] }),
    inspect(secret),
    inspect({ deep: { er: [secret] } }, { depth: 9, showHidden: true }),
    inspect(secret, { customInspect: false, showHidden: true }),
    format('%s %o %O %j', secret, secret, secret, secret),
    JSON.stringify(Object.entries(secret)),
    JSON.stringify(Object.assign({}, secret)),
    JSON.stringify(structuredClone(secret)),
  ]
  expect(printed.join()).not.toContain('canary')
  expect(secret.reveal()).toBe('canary')
})
