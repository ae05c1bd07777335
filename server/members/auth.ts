import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { organization } from 'better-auth/plugins'
import { createAccessControl } from 'better-auth/plugins/access'
import * as tables from '../store/tables/auth.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import { findHomeWorkspace } from '../store/person-rows.ts'
import { recordSignIn } from './record-sign-in.ts'

export interface AuthOptions {
  readonly database: Database
  /** What signs cookies: derived from the key ring, never the sealing key itself. */
  readonly secret: string
  /** Where people reach Penstock: `https://penstock.example.com`, without a path. */
  readonly baseUrl: string
  readonly log: Log
}

/** In this header the HTTP layer tells the library where a request comes from; what a client sends in it is thrown away. */
export const addressHeader = 'x-penstock-address'

/** The shortest password anywhere; the longest is what the digest takes in reasonable time. */
export const passwordLength = { min: 12, max: 128 } as const

/** The workspace's own policy table says who may do what (server/api/policy.ts); the library only needs the names. */
const access = createAccessControl({ workspace: ['belong'] })
const role = access.newRole({ workspace: ['belong'] })

/**
 * Sign-in: e-mail and password, sessions in the database. An organization of the library is a workspace of ours; people, members,
 * invitations and API keys are written by our own verbs, in the transaction of their audit row.
 * Nothing is cached in cookies: a session that was ended, or a member who was removed, is refused at the next call.
 */
export function openAuth({ database, secret, baseUrl, log }: AuthOptions) {
  return betterAuth({
    appName: 'Penstock',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [baseUrl],
    database: drizzleAdapter(database.orm, { provider: 'pg', schema: tables }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      disableSignUp: true,
    },
    session: { cookieCache: { enabled: false } },
    databaseHooks: {
      session: {
        create: {
          // Whoever signs in is where they were last.
          before: async (session) => {
            const home = await database.asSystem((tx) => findHomeWorkspace(tx, session.userId))
            return { data: { ...session, activeOrganizationId: home ?? null } }
          },
          after: (session) => recordSignIn(database, session),
        },
      },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: {
        '/sign-in/email': { window: 60, max: 20 },
        '/change-password': { window: 60, max: 10 },
      },
    },
    telemetry: { enabled: false },
    // Its sentences, without what it adds to them: that may be what someone sent.
    logger: { level: 'error', log: (_level, sentence) => log.error('auth.failed', { sentence }) },
    advanced: {
      cookiePrefix: 'penstock',
      useSecureCookies: baseUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    plugins: [
      organization({
        ac: access,
        roles: { admin: role, editor: role, viewer: role },
        creatorRole: 'admin',
        allowUserToCreateOrganization: false,
      }),
    ],
  })
}

export type Auth = ReturnType<typeof openAuth>
