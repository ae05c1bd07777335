import { z } from 'zod'
import type { Manifest } from '@penstock/schemas/generated/manifest.ts'
import type { ConnectionCheck } from '../engine/check-connection.ts'
import type { Finding } from '../engine/destination.ts'

/** What a test of a connection found. */
export const checkResultSchema = z.object({
  ok: z.boolean(),
  at: z.string(),
  objects: z
    .array(
      z.object({
        object: z.string(),
        title: z.string(),
        access: z.enum(['works', 'missing_scope', 'plan_gate', 'forbidden', 'failed']),
        message: z.string(),
        /** How many records the API said there are, at the time of the test; absent where it does not tell. */
        records: z.object({ count: z.number(), approximate: z.boolean() }).optional(),
      }),
    )
    .optional(),
  scopes: z
    .array(
      z.object({
        scope: z.string(),
        title: z.string(),
        /** Null: the test could not tell. */
        granted: z.boolean().nullable(),
        objects: z.array(z.string()),
      }),
    )
    .optional(),
  findings: z.array(z.object({ ok: z.boolean(), what: z.string(), message: z.string() })).optional(),
})
export type CheckResult = z.infer<typeof checkResultSchema>

/** A result as it was stored; null where there is none, or one of an older form. */
export function readCheckResult(stored: unknown): CheckResult | null {
  const read = checkResultSchema.safeParse(stored)
  return read.success ? read.data : null
}

/** What a test of a source found: object by object, and what that says of each scope. */
export function sourceResult(manifest: Manifest, { objects }: ConnectionCheck, at: Date): CheckResult {
  const access = new Map(objects.map((one) => [one.object, one.access]))
  return {
    ok: objects.some((one) => one.access === 'works'),
    at: at.toISOString(),
    objects: objects.map((one) => ({ ...one, title: manifest.objects[one.object]?.title ?? one.object })),
    scopes: Object.entries(manifest.scopes ?? {}).map(([scope, { title, objects: unlocked }]) => ({
      scope,
      title,
      granted: grantedBy(unlocked.map((object) => access.get(object))),
      objects: [...unlocked],
    })),
  }
}

/** What a test of a destination found. */
export function destinationResult(findings: readonly Finding[], at: Date): CheckResult {
  return {
    ok: findings.length > 0 && findings.every(({ ok }) => ok),
    at: at.toISOString(),
    findings: findings.map(({ ok, what, message }) => ({ ok, what, message })),
  }
}

/** A test that could not begin: the credential is dead, the host does not answer. */
export function failedResult(message: string, at: Date): CheckResult {
  return { ok: false, at: at.toISOString(), findings: [{ ok: false, what: 'connect', message }] }
}

/** The scopes that were not seen to be missing: one that nothing could be tried on is not held against the connection. */
export function grantedScopes({ scopes }: CheckResult): string[] | null {
  return scopes?.filter(({ granted }) => granted !== false).map(({ scope }) => scope) ?? null
}

/** One object that lacks it says that it was not granted; one that works, or that only the plan keeps, that it was. */
function grantedBy(access: readonly (string | undefined)[]): boolean | null {
  if (access.includes('missing_scope')) return false
  return access.includes('works') || access.includes('plan_gate') ? true : null
}
