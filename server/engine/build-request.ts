import type { Request } from '@penstock/schemas/generated/manifest.ts'
import { RunFailure } from './failures.ts'
import { isJsonObject, isRawNumber, type Json } from './read-path.ts'
import { renderTemplate, type References } from './render-template.ts'

/** A request below an API's base URL, before it is authorised. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST'
  /** Encoded, with a leading slash; or, where the API named the next page itself, a whole URL. */
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** How long a good answer may take to begin, at the worst, in milliseconds. */
  readonly timeoutMs: number
  /** The API moves on with every call: an answer that was lost on the way cannot be had again. */
  readonly answersOnce?: boolean
  /** For which object it is asked; waits and retries are told of it. */
  readonly object?: string
  /** Of one object's answers, which is worked off first: the greatest. 0 where absent. */
  readonly urgency?: number
}

/** Fills a manifest's request with what is known now. */
export function buildRequest(request: Request, references: References): ApiRequest {
  const headers = scalars(renderTemplate(request.headers ?? {}, references))
  const query = scalars(renderTemplate(request.query ?? {}, references))
  const parameters = new Map(scalars(renderTemplate(request.pathParameters ?? {}, references)))
  const rendered = request.body === undefined ? undefined : renderTemplate(request.body, references)
  const form = request.bodyFormat === 'form'
  return {
    method: request.method ?? 'GET',
    path: request.path.replaceAll(/\{([^{}]*)\}/g, (_, name: string) =>
      encodeSegment(parameters.get(name) ?? ''),
    ),
    query,
    headers: {
      ...Object.fromEntries(headers),
      ...(rendered === undefined
        ? {}
        : { 'Content-Type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
    },
    ...(rendered === undefined ? {} : { body: form ? encodeForm(rendered) : JSON.stringify(rendered) }),
    timeoutMs: (request.timeoutSeconds ?? 60) * 1000,
  }
}

/** A path segment. Nothing, or one or two dots, encoded or not, would make another path of it. */
function encodeSegment(value: string): string {
  if (/^\.{0,2}$/.test(value))
    throw new RunFailure(
      'invalid_request',
      'An identifier that is empty, or only dots, cannot stand in a path.',
    )
  return encodeURIComponent(value)
}

function encodeForm(rendered: Json): string {
  return new URLSearchParams(scalars(rendered)).toString()
}

/** The members of an object as text; a list gives its key once for each element. */
function scalars(rendered: Json): [string, string][] {
  if (!isJsonObject(rendered)) return []
  return Object.entries(rendered).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((item) => [key, parameterText(item)] as const),
  )
}

function parameterText(value: Json): string {
  if (typeof value === 'string') return value
  if (isRawNumber(value)) return value.rawJSON
  return JSON.stringify(value)
}
