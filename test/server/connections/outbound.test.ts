import type { LookupAddress } from 'node:dns'
import { HttpClient } from '@penstock/server/egress/http-client.ts'
import { openDatabaseSocket } from '@penstock/server/egress/database-socket.ts'
import { isPublicAddress, PrivateAddress } from '@penstock/server/egress/public-addresses.ts'
import type { ResolveName } from '@penstock/server/egress/public-addresses.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen } from '../../egress/listen.ts'
import type { Listener } from '../../egress/listen.ts'
import { startServices } from '../start-services.ts'
import type { TestServices } from '../start-services.ts'

let penstock: TestServices
/** What an attacker is after: it hears whoever connects. */
let inside: Listener
beforeAll(async () => {
  inside = await listen((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'))
  penstock = await startServices({ PENSTOCK_ALLOWED_HOSTS: 'allowed.example' })
})
afterAll(async () => {
  await penstock.close()
  await inside.close()
})

/** This machine, a cloud's metadata and private nets, in every way to write them that a URL takes. */
const hosts = `
  127.0.0.1 127.1 2130706433 0x7f000001 0x7f.0.0.1 017700000001 0177.0.0.1 0 0.0.0.0 127.0.0.1.
  127。0。0。1 １２７.0.0.1 %31%32%37.0.0.1 localhost localhost. LocalHost [::1] [::]
  [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:1] [::127.0.0.1] [64:ff9b::127.0.0.1]
  [64:ff9b:1::7f00:1] [2002:7f00:1::1] [2001:0:7f00:1::1] [fec0::1] [ff02::1] 169.254.169.254
  [::ffff:a9fe:a9fe] 168.63.129.16 100.100.100.200 [fd00:ec2::254] 10.0.0.1
`
  .trim()
  .split(/\s+/)

describe.each(hosts)('the host %s', (host) => {
  const at = (scheme: string) => `${scheme}://${host}:${inside.port}/`

  test('is reached by no field that leads out', async () => {
    const { admin, editor } = penstock.here
    const intercom = { connector: 'intercom', region: 'us', apiBaseUrl: at('http') }
    const settings = { accessToken: 'canary' }
    const refused = /has not allowed it|is not a URL/
    await expect(editor.api.connections.createSource({ ...intercom, name: host, settings })).rejects.toThrow(
      refused,
    )
    const attempt = { ...intercom, name: host, scopes: [] }
    await expect(editor.api.oauth.start(attempt)).rejects.toThrow(/has not allowed it|no OAuth profile/)
    for (const kind of ['webhook', 'slack'] as const) {
      const channel = { kind, name: host, kinds: ['run_failed' as const] }
      await expect(admin.api.alerts.createChannel({ ...channel, target: at('http') })).rejects.toThrow(
        'begins with https',
      )
      const { id } = await admin.api.alerts.createChannel({ ...channel, target: at('https') })
      const told = await admin.api.alerts.testChannel({ id })
      expect(told).toMatchObject({
        ok: false,
        message: expect.stringMatching(/not on the public internet|did not answer/),
      })
    }
    expect(inside.connections()).toBe(0)
  })
})

test.each(['acme.example.com/', 'acme@inside', 'acme#', '127.0.0.1', 'a.b', '', '-'])(
  'a subdomain is a subdomain, and not %j',
  async (subdomain) => {
    const input = {
      connector: 'zendesk',
      name: 'Zendesk',
      settings: { subdomain, email: 'a@example.com', apiToken: 'canary' },
    }
    await expect(penstock.here.editor.api.connections.createSource(input)).rejects.toThrow(
      /subdomain|is missing/i,
    )
  },
)

test('Penstock’s own database is no destination, however its host is written', async () => {
  const own = await startServices({ DATABASE_URL: 'postgres://penstock:pass@localhost:5432/penstock' })
  const mapped = ['[::ffff:127.0.0.1]', '[::ffff:7f00:1]']
  try {
    for (const host of ['2130706433', '0x7f.1', '0.0.0.0', '127.0.0.1', 'LOCALHOST.', ...mapped]) {
      const settings = { url: `postgres://penstock:pass@${host}:5432/penstock` }
      const made = own.here.editor.api.connections.createDestination({
        type: 'postgres',
        name: host,
        settings,
      })
      await expect(made).rejects.toThrow('Penstock keeps what is its own')
    }
  } finally {
    await own.close()
  }
})

/** A DNS server's owner answers each question as they like. */
function answering(...answers: readonly (readonly string[])[]): {
  resolve: ResolveName
  asked: () => number
} {
  let asked = 0
  const resolve: ResolveName = (_hostname, _options, done) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? []
    asked += 1
    const found = addresses.map((address): LookupAddress => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }))
    done(null, found)
  }
  return { resolve, asked: () => asked }
}

const reserved = '203.0.113.1'

describe('a name', () => {
  const send = async (resolve: ResolveName, ms = 300) => {
    const http = new HttpClient({ allowedHosts: [], resolve })
    const url = new URL(`http://rebound.example:${inside.port}/`)
    try {
      const request = { method: 'GET', url, headers: {}, timeoutMs: ms } as const
      return await http.send(request, AbortSignal.timeout(ms))
    } finally {
      await http.close()
    }
  }

  test.each([
    [['127.0.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['::ffff:7f00:1']],
    [['8.8.8.8', '127.0.0.1']],
    [['2606:4700::1111', 'fe80::1%lo']],
    [[reserved]],
    [[]],
  ])('that leads to %j is refused, whatever else it leads to', async (addresses) => {
    await expect(send(answering(addresses).resolve)).rejects.toThrow(PrivateAddress)
    expect(inside.connections()).toBe(0)
  })

  test('that leads elsewhere when it is asked a second time is not asked a second time', async () => {
    const { resolve, asked } = answering(['8.8.8.8'], ['127.0.0.1'])
    await expect(send(resolve)).rejects.toThrow(Error)
    expect(asked()).toBe(1)
    expect(inside.connections()).toBe(0)
  })

  test('of a database that leads to where a cloud hands out credentials is refused, and asked once', async () => {
    for (const bad of ['169.254.169.254', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::1']) {
      const { resolve } = answering(['127.0.0.1', bad])
      await expect(openDatabaseSocket('rebound.example', inside.port, resolve)).rejects.toThrow(
        'no database may be',
      )
    }
    expect(inside.connections()).toBe(0)
    const { resolve, asked } = answering(['127.0.0.1'], ['169.254.169.254'])
    const socket = await openDatabaseSocket('rebound.example', inside.port, resolve)
    expect({ to: socket.remoteAddress, asked: asked() }).toEqual({ to: '127.0.0.1', asked: 1 })
    socket.destroy()
  })
})

test.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
  '%s is on the public internet',
  (address) => expect(isPublicAddress(address)).toBe(true),
)
