import { buildApp } from '@penstock/server/http/app.ts'
import type { Services } from '@penstock/server/services.ts'

/** What a program on the other side of HTTP sees. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly text: string
  readonly headers: Headers
}

/** A browser, or a program, that calls the app as it would over a socket: it keeps cookies, and sends JSON. */
export interface TestClient {
  call(path: string, input?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  signIn(email: string, password: string): Promise<Answer>
  cookie(): string
}

export function newClient(services: Services, app = buildApp(services)): TestClient {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await app.request(path, init)
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    const text = await response.text()
    return { status: response.status, text, body: parsed(text), headers: response.headers }
  }
  const call: TestClient['call'] = (path, input, headers = {}) =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: cookie(), ...headers },
      ...(input === undefined ? {} : { body: JSON.stringify(input) }),
    })
  return {
    call,
    cookie,
    get: (path, headers = {}) => send(path, { headers: { cookie: cookie(), ...headers } }),
    signIn: (email, password) =>
      call('/api/auth/sign-in/email', { email, password }, { origin: services.env.publicUrl }),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
