import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { Refusal } from './answer.ts'
import type { Behaviour } from './behaviour-switches.ts'
import type { Routed } from './route-table.ts'
import type { Workspace } from './workspace.ts'

const knownVersions = new Set([
  '1.0',
  '1.1',
  '1.2',
  '1.3',
  '1.4',
  '2.0',
  '2.1',
  '2.2',
  '2.3',
  '2.4',
  '2.5',
  '2.6',
  '2.7',
  '2.8',
  '2.9',
  '2.10',
  '2.11',
  '2.12',
  '2.13',
  '2.14',
  '2.15',
  'Unstable',
])

/** Who may call: the tokens of a workspace, and how many calls a token has left before it is revoked. */
export class Access {
  readonly #tokens: Set<string>
  readonly #file: string | undefined
  /** Of the tokens that were granted, by this process or one before it. */
  readonly #digests: Set<string>
  #revokeAfter = 0
  #left = 0

  /** `file`, where there is one, keeps the digests of granted tokens, a line each, beyond this process. */
  constructor(token: string, file?: string) {
    this.#tokens = new Set([token])
    this.#file = file
    this.#digests = new Set(file === undefined ? [] : readLines(file))
  }

  grant(token: string): void {
    this.#tokens.add(token)
    if (this.#file !== undefined) appendFileSync(this.#file, `${digestOf(token)}\n`, { mode: 0o600 })
  }

  #knows(token: string): boolean {
    if (this.#tokens.has(token)) return true
    if (!this.#digests.has(digestOf(token))) return false
    this.#tokens.add(token)
    return true
  }

  /** The token of a request. Throws the 401 for one that may not call. */
  authenticate(authorization: string | undefined, behaviour: Behaviour): string {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined || !this.#knows(token) || behaviour.wrongRegion)
      throw new Refusal(401, 'unauthorized', 'Access Token Invalid')
    if (behaviour.revokeAfter !== this.#revokeAfter) {
      this.#revokeAfter = behaviour.revokeAfter
      this.#left = behaviour.revokeAfter
    }
    if (this.#revokeAfter > 0 && this.#left-- <= 0)
      throw new Refusal(401, 'token_revoked', 'Access Token Revoked')
    return token
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}

/** The version that serves a call. Throws the 400 for one that does not exist. */
export function readVersion(asked: string | undefined, behaviour: Behaviour): string {
  const version = asked ?? behaviour.appVersion
  if (!knownVersions.has(version))
    throw new Refusal(400, 'intercom_version_invalid', 'The requested version could not be found')
  return version
}

/** Throws the 401 or 403 where a permission is missing or the plan does not have the endpoint. */
export function checkPermission({ behaviour }: Workspace, { route }: Routed, path: string): void {
  const missing = behaviour.missingScopes.some((label) => label.toLowerCase() === route.scope?.toLowerCase())
  if (missing) throw new Refusal(401, 'token_unauthorized', 'Not authorized to access resource')
  if (!behaviour.planGates.some((prefix) => path.startsWith(prefix))) return
  const message = path.startsWith('/admins/activity_logs')
    ? 'This feature is not yet available to your app'
    : 'Active subscription needed.'
  throw new Refusal(403, 'api_plan_restricted', message)
}
