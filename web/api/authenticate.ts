import { accessText } from '../strings/access.ts'

/** Signs in with e-mail and password. Rejects with a sentence for the person. */
export async function signIn(email: string, password: string): Promise<void> {
  await ask('sign-in/email', { email, password }, accessText.wrong)
}

/** Ends the session, here and on the server. */
export async function signOut(): Promise<void> {
  await ask('sign-out', {}, accessText.noAnswer)
}

/** Changes the password and ends all other sessions. Rejects with a sentence for the person. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await ask(
    'change-password',
    { currentPassword, newPassword, revokeOtherSessions: true },
    accessText.wrongPassword,
  )
}

async function ask(path: string, body: Readonly<Record<string, unknown>>, refusal: string): Promise<void> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined)
  if (!response) throw new Error(accessText.noAnswer)
  if (response.ok) return
  if (response.status === 429) throw new Error((await sentenceOf(response)) ?? accessText.tooMany)
  throw new Error(response.status >= 500 ? accessText.noAnswer : refusal)
}

/** How long to wait only the server knows. */
async function sentenceOf(response: Response): Promise<string | undefined> {
  const body: unknown = await response.json().catch(() => undefined)
  if (typeof body !== 'object' || body === null || !('message' in body)) return undefined
  return typeof body.message === 'string' ? body.message : undefined
}
