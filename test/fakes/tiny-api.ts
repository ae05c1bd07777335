import { Hono } from 'hono'
import { logRequests, serveFake } from './serve-fake.ts'
import type { LoggedRequest, ServedFake } from './serve-fake.ts'

/** The smallest API that is worth a connector: an account, and a list of notes behind a token. */
export class TinyApi {
  readonly token: string
  readonly requests: LoggedRequest[] = []
  readonly notes = [1, 2, 3, 4, 5].map((number) => ({
    id: `note-${number}`,
    text: `Note ${number}`,
    author: `person${number}@example.com`,
    words: number * 10,
  }))
  accountName = 'Tiny Ltd'
  #served: ServedFake | undefined
  /** While it is set, the list of notes waits for it. */
  held: Promise<void> | undefined

  constructor(token: string) {
    this.token = token
  }

  static async start(token = 'tiny-token-of-a-test'): Promise<TinyApi> {
    const api = new TinyApi(token)
    api.#served = await serveFake(api.#app())
    return api
  }

  get url(): string {
    return this.#served?.url ?? ''
  }

  get host(): string {
    return this.#served?.host ?? ''
  }

  async close(): Promise<void> {
    await this.#served?.close()
  }

  /** A connector for it, as its author would write it. */
  files(name = 'tiny'): TinyFiles {
    return tinyFiles(this.url, name)
  }

  #app(): Hono {
    const app = new Hono()
    logRequests(app, this.requests)
    app.use(async (c, next) => {
      if (c.req.header('Authorization') !== `Bearer ${this.token}`) return c.json({ error: 'no' }, 401)
      return await next()
    })
    app.get('/me', (c) => c.json({ id: 'tiny-1', name: this.accountName }))
    app.get('/notes', async (c) => {
      await this.held
      return c.json({ notes: this.notes })
    })
    return app
  }
}

/** The texts of a connector's files. */
interface TinyFiles {
  manifest: string
  records: Record<string, string>
}

/** A connector for the API at this address. */
export function tinyFiles(url: string, name: string): TinyFiles {
  return {
    manifest: `name: ${name}
title: Tiny notes
description: Notes that people leave.
api:
  regions:
    main: { title: Everywhere, api: "${url}" }
settings:
  accessToken: { title: Access token, secret: true }
authentication:
  - { type: bearer, title: Access token, token: accessToken }
check:
  request: { path: /me }
  account: { id: id, name: name }
objects:
  notes:
    title: Notes
    mode: full_refresh
    primaryKey: [id]
    record: records/note.schema.json
    read:
      type: list
      request: { path: /notes }
      recordsAt: notes
      pagination: { type: none }
`,
    records: {
      'records/note.schema.json': JSON.stringify(
        {
          title: 'Note',
          description: 'A note.',
          type: 'object',
          properties: {
            id: { type: 'string' },
            text: { type: 'string', description: 'What it says.' },
            author: { type: 'string', 'x-sensitive': 'email' },
            words: { type: 'integer' },
          },
        },
        null,
        2,
      ),
    },
  }
}
