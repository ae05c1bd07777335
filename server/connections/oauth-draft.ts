import { z } from 'zod'
import type { Manifest, OAuth2Authentication } from '@penstock/schemas/generated/manifest.ts'
import { DomainError } from '../domain-error.ts'
import { isConsent } from './list-settings.ts'

/** What an attempt remembers of the connection it is for. */
const attemptDraft = z.object({
  name: z.string(),
  projectId: z.string().nullable(),
  scopes: z.array(z.string()),
  apiBaseUrl: z.string().nullable(),
  settings: z.record(z.string(), z.string()),
  /** PKCE's verifier, sealed; null where the API takes none. */
  verifierSealed: z.string().nullable(),
  /** Another account's tokens, sealed for the attempt, until an admin has chosen what becomes of the data. */
  pending: z
    .object({
      secrets: z.record(z.string(), z.string()),
      accountId: z.string(),
      accountName: z.string().nullable(),
      account: z.record(z.string(), z.string()),
      previousAccount: z.string(),
    })
    .nullable(),
})
export type AttemptDraft = z.infer<typeof attemptDraft>

/** An attempt's draft as it was stored. */
export function readAttemptDraft(stored: unknown): AttemptDraft {
  return attemptDraft.parse(stored)
}

/** How an attempt can end badly, as the API names it. */
export const attemptCodes = [
  'denied',
  'expired',
  'replayed',
  'wrong_region',
  'other_session',
  'other_account',
  'refused',
  'unreachable',
] as const
export type AttemptCode = (typeof attemptCodes)[number]

/** The manifest's way through a consent page. Throws `INVALID` where it has none. */
export function consentOf(manifest: Manifest): OAuth2Authentication {
  const way = manifest.authentication.find(isConsent)
  if (way?.type !== 'oauth2')
    throw new DomainError('INVALID', `${manifest.title} is not connected with OAuth. Use its settings.`)
  return way
}

/** Where the API sends people back to: every OAuth app must know it. */
export function redirectUri({ publicUrl }: { readonly publicUrl: string }): string {
  return `${publicUrl}/oauth/callback`
}

/** A manifest's address: whole, or a path below the region's base. */
export function onBase(base: URL, address: string): URL {
  return URL.canParse(address) ? new URL(address) : new URL(base.pathname.replace(/\/$/, '') + address, base)
}
