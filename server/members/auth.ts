import { apiKey } from '@better-auth/api-key'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { organization } from 'better-auth/plugins'
import { createAccessControl } from 'better-auth/plugins/access'
import * as tables from '../store/tables/auth.ts'
import type { Database } from '../store/database.ts'

export interface AuthOptions {
  readonly database: Database
  /** What signs cookies: derived from the key ring, never the sealing key itself. */
  readonly secret: string
  /** Where people reach Penstock: `https://penstock.example.com`, without a path. */
  readonly baseUrl: string
}

/** The workspace's own policy table says who may do what (server/api/policy.ts); the library only needs the names. */
const access = createAccessControl({ workspace: ['belong'] })
const role = access.newRole({ workspace: ['belong'] })

/**
 * Sign-in: e-mail and password, sessions in the database, API keys stored as digests. An organization of the library is a workspace of ours.
 * Nothing is cached in cookies: a session that was ended, or a member who was removed, is refused at the next call.
 */
export function openAuth({ database, secret, baseUrl }: AuthOptions) {
  return betterAuth({
    appName: 'Penstock',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [baseUrl],
    database: drizzleAdapter(database.orm, { provider: 'pg', schema: tables }),
    emailAndPassword: { enabled: true, minPasswordLength: 12, disableSignUp: true },
    session: { cookieCache: { enabled: false } },
    rateLimit: { enabled: true, storage: 'database' },
    telemetry: { enabled: false },
    advanced: { cookiePrefix: 'penstock', useSecureCookies: baseUrl.startsWith('https:') },
    plugins: [
      organization({
        ac: access,
        roles: { admin: role, editor: role, viewer: role },
        creatorRole: 'admin',
        allowUserToCreateOrganization: false,
      }),
      apiKey({ enableMetadata: true, apiKeyHeaders: 'x-api-key', rateLimit: { enabled: false } }),
    ],
  })
}

export type Auth = ReturnType<typeof openAuth>
