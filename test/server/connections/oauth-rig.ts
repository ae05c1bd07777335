import { randomUUID } from 'node:crypto'
import type { Identity } from '@penstock/server/actor.ts'
import { finishOAuth } from '@penstock/server/connections/finish-oauth.ts'
import type { Finished } from '@penstock/server/connections/finish-oauth.ts'
import { startSandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import { startServices } from '../start-services.ts'
import type { TestMember, TestServices } from '../start-services.ts'

/** What a query string holds. */
export type Query = Record<string, string>

/** Penstock beside two Intercom workspaces, of which the first is the sandbox that it offers. */
export interface OAuthRig {
  readonly penstock: TestServices
  readonly sandbox: Sandbox
  readonly other: Sandbox
  /** The input of a way that leads to the sandbox. */
  attemptFor(name: string, more?: Record<string, unknown>): ReturnType<typeof newAttempt>
  /** Comes back, as whoever it may be. */
  comeBack(query: Query, identity: Identity | undefined): Promise<Finished>
  /** Goes the whole way, and says how it ended. */
  connect(
    member: TestMember,
    input: ReturnType<typeof newAttempt>,
  ): Promise<Awaited<ReturnType<TestMember['api']['oauth']['attempt']>>>
  close(): Promise<void>
}

export async function startRig(): Promise<OAuthRig> {
  const sizes = { contacts: 1, companies: 1, conversations: 1, tickets: 1 }
  const behaviour = { oauthApproval: 'immediate' } as const
  const sandbox = await startSandbox({ sizes, behaviour })
  const other = await startSandbox({ sizes, behaviour, seed: 2 })
  const penstock = await startServices({
    PENSTOCK_SANDBOX_URL: sandbox.url,
    PENSTOCK_ALLOWED_HOSTS: `127.0.0.1:${other.port},127.0.0.1:9`,
  })
  const comeBack: OAuthRig['comeBack'] = async ({ state, code, error }, identity) => {
    const request = { headers: new Headers(), ip: '192.0.2.1', requestId: randomUUID() }
    return await finishOAuth({ services: penstock.services, identity, request }, { state, code, error })
  }
  return {
    penstock,
    sandbox,
    other,
    attemptFor: (name, more) => newAttempt(sandbox.url, name, more),
    comeBack,
    connect: async ({ api, identity }, input) => {
      const started = await api.oauth.start(input)
      await comeBack(await consent(started.authorizeUrl), identity)
      return await api.oauth.attempt({ attemptId: started.attemptId })
    },
    close: async () => {
      await penstock.close()
      await sandbox.close()
      await other.close()
    },
  }
}

function newAttempt(apiBaseUrl: string, name: string, more: Record<string, unknown> = {}) {
  return {
    connector: 'intercom',
    name,
    region: 'us',
    scopes: ['read_conversations'],
    apiBaseUrl,
    ...more,
  }
}

/** Goes to the consent page as a browser does; gives back what it is sent home with. */
export async function consent(authorizeUrl: string): Promise<Query> {
  const answer = await fetch(authorizeUrl, { redirect: 'manual' })
  return Object.fromEntries(new URL(answer.headers.get('location') ?? 'http://nowhere').searchParams)
}

/** The name of the failure that an attempt ended with, if it says anything to the person. */
export async function endOf({ api }: TestMember, attemptId: string): Promise<string | null> {
  const { state, code, message, connectionId } = await api.oauth.attempt({ attemptId })
  return state === 'failed' && message !== '' && connectionId === null ? code : null
}
