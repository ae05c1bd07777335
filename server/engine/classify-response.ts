import type { ErrorRule, Manifest } from '@penstock/schemas/generated/manifest.ts'
import type { HttpResponse } from '../egress/collect-response.ts'
import { RunFailure, type FailureKind } from './failures.ts'
import { readPath, type Json } from './read-path.ts'

/**
 * The refusal that an answer is; `empty` for one that says that there is nothing; undefined for one that may be good. Decided by the manifest's rules, in order,
 * then by the status. A body that is not JSON is no reason to fail here: gateways send HTML.
 */
export function classifyResponse(
  manifest: Manifest,
  response: HttpResponse,
): RunFailure | 'empty' | undefined {
  const succeeded = response.status >= 200 && response.status < 300
  const rules = succeeded ? rulesFor(manifest, response.status) : manifest.errors
  if (succeeded && rules === undefined) return wrongEcho(manifest, response)
  const body = parseLeniently(response.body)
  const code = asCode(readPath(body, manifest.errorAt?.code ?? 'errors.0.code'))
  const message = readPath(body, manifest.errorAt?.message ?? 'errors.0.message')
  const rule = rules?.find((one) => matches(one, response.status, { body, code, message }))
  if (succeeded && rule === undefined) return wrongEcho(manifest, response)
  const kind = rule?.means ?? meaningOfStatus(response.status)
  if (kind === 'empty') return 'empty'
  return new RunFailure(kind, sentenceFor(kind, response.status, code), {
    advice: rule?.advice,
    afterSeconds: rule?.afterSeconds,
  })
}

/** Codes are compared as text; some APIs send numbers. */
function asCode(found: Json): string | undefined {
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined
}

/**
 * Some APIs put their refusals into answers of 200: the rules that name such a status and look into the body. Any other good status may
 * be a refusal by itself, as 202 for what is not ready yet.
 */
function rulesFor(manifest: Manifest, status: number): readonly ErrorRule[] | undefined {
  const rules = manifest.errors?.filter(
    (rule) =>
      rule.status?.includes(status) &&
      (status !== 200 || (rule.codes ?? rule.messageIncludes ?? rule.bodyHas ?? rule.present) !== undefined),
  )
  return rules?.length ? rules : undefined
}

/** What an answer says of why. */
interface Said {
  readonly body: Json
  readonly code: string | undefined
  readonly message: Json
}

function matches(rule: ErrorRule, status: number, { body, code, message }: Said): boolean {
  if (rule.status && !rule.status.includes(status)) return false
  if (rule.codes && !rule.codes.some((one) => String(one) === code)) return false
  const has = Object.entries(rule.bodyHas ?? {})
  if (!has.every(([path, value]) => readPath(body, path) === value)) return false
  if (rule.present && !rule.present.every((path) => isSomething(readPath(body, path)))) return false
  if (!rule.messageIncludes) return true
  if (typeof message !== 'string') return false
  const text = message.toLowerCase()
  return rule.messageIncludes.some((words) => text.includes(words.toLowerCase()))
}

/** Many APIs always have a place for their errors, and leave it empty. */
function isSomething(value: Json): boolean {
  if (value === undefined || value === null || value === false || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

function meaningOfStatus(status: number): FailureKind {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404 || status === 410) return 'gone'
  if (status === 429) return 'rate_limited'
  if (status === 408 || status >= 500) return 'unavailable'
  if (status >= 300 && status < 400) return 'not_an_answer'
  return 'invalid_request'
}

/** Only protocol goes into the sentence: an API's own message may repeat personal values. */
function sentenceFor(kind: FailureKind, status: number, code: string | undefined): string {
  const named = code !== undefined && /^[\w.-]{1,60}$/.test(code) ? ` (${code})` : ''
  const meaning: Partial<Record<FailureKind, string>> = {
    unauthorized: 'The API refused the credential',
    missing_scope: 'The credential lacks the permission for this',
    plan_gate: 'The account’s plan does not include this',
    forbidden: 'The API does not allow this',
    gone: 'The API says that there is no such thing',
    busy: 'The API is busy with another read of the same kind',
    rate_limited: 'The API’s budget is used up',
    unavailable: 'The API was not available',
    restart: 'The API broke off the list',
    version_mismatch: 'The API does not offer the version that was asked for',
  }
  return `${meaning[kind] ?? 'The API refused the request'}: HTTP ${status}${named}.`
}

function wrongEcho(manifest: Manifest, response: HttpResponse): RunFailure | undefined {
  const { echo } = manifest.api
  if (!echo) return undefined
  const got = response.headers.get(echo.header.toLowerCase())
  if (got === undefined || got === echo.equals) return undefined
  const sentence = `The API answered as another version than ${echo.equals} (header ${echo.header}).`
  return new RunFailure('version_mismatch', sentence)
}

function parseLeniently(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
