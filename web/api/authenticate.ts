import { accessText } from '../strings/access.ts'
import { apiText } from '../strings/api.ts'
import { lookWhoIsSignedIn } from './client.ts'
import { tellOtherTabs } from './session-news.ts'

/** Signs in with e-mail and password. Rejects with a sentence for the person. */
export async function signIn(email: string, password: string): Promise<void> {
  await ask('sign-in/email', { email, password }, () => accessText.wrong)
  tellOtherTabs()
}

/** Ends the session, here and on the server. */
export async function signOut(): Promise<void> {
  await ask('sign-out', {}, () => accessText.noAnswer)
  tellOtherTabs()
}

/** Changes the password and ends all other sessions. Rejects with a sentence for the person. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await ask('change-password', { currentPassword, newPassword, revokeOtherSessions: true }, whyNotChanged)
}

function whyNotChanged({ status, code }: Refusal): string {
  if (status === 401) {
    lookWhoIsSignedIn()
    return apiText.signedOut
  }
  return code === 'INVALID_PASSWORD' ? accessText.wrongPassword : accessText.unfitPassword
}

/** How the server said no. */
interface Refusal {
  readonly status: number
  readonly code: string | undefined
  readonly message: string | undefined
}

async function ask(
  path: string,
  body: Readonly<Record<string, unknown>>,
  wordsFor: (refusal: Refusal) => string,
): Promise<void> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined)
  if (!response || response.status >= 500) throw new Error(accessText.noAnswer)
  if (response.ok) return
  const refusal = await readRefusal(response)
  // How long to wait only the server knows.
  throw new Error(refusal.status === 429 ? (refusal.message ?? accessText.tooMany) : wordsFor(refusal))
}

async function readRefusal(response: Response): Promise<Refusal> {
  const body: unknown = await response.json().catch(() => undefined)
  const text = (name: string): string | undefined => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
    return typeof value === 'string' ? value : undefined
  }
  return { status: response.status, code: text('code'), message: text('message') }
}
