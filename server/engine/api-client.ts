import type { Manifest, OAuth2Authentication } from '@penstock/schemas/generated/manifest.ts'
import { chooseBaseUrl } from '../egress/allowed-hosts.ts'
import type { HttpResponse } from '../egress/collect-response.ts'
import type { HttpClient } from '../egress/http-client.ts'
import type { KeepTokens } from './access-tokens.ts'
import { chooseAuthorizer, type Authorizer, type Credentials } from './authorize.ts'
import type { ApiRequest } from './build-request.ts'
import { classifyResponse } from './classify-response.ts'
import type { Clock } from './clock.ts'
import { RunFailure } from './failures.ts'
import type { GateLane, Priority } from './gate-lane.ts'
import { emptyAnswer, parseAnswer, type Answer } from './parse-answer.ts'
import { RateGate } from './rate-gate.ts'
import { mostAttempts, retrying } from './retry.ts'
import { RunWaits, type Waiting } from './run-waits.ts'
import { joinSharedGate, type SharedBudget } from './shared-budget.ts'
import { Silences } from './silences.ts'
import {
  fillAddress,
  fillFields,
  regionUrl,
  settingReferences,
  type SourceConnection,
} from './source-connection.ts'
import { takeTurn } from './take-turn.ts'

export interface ApiClientInput {
  readonly manifest: Manifest
  readonly connection: SourceConnection
  readonly http: HttpClient
  readonly clock: Clock
  readonly random: () => number
  readonly concurrency?: number
  readonly keepTokens?: KeepTokens
  /** Answers that come in a bundle are not worked off in one go: see `takeTurn`. */
  readonly oneByOne?: boolean
  /** What is no answer is not asked for again. */
  readonly askOnce?: boolean | undefined
  readonly onWait: (waiting: Waiting) => void
  /** A request is sent once more; for which object, where that is known. */
  readonly onRetry?: (object: string | undefined) => void
}

/** How one try of a request is sent. */
interface Attempt {
  readonly priority: Priority
  /** How much of the time that a good answer may take this try waits: 1 is all of it. */
  readonly patience: number
  readonly signal: AbortSignal
  /** Once it is sent, its answer is waited for, although the signal is aborted meanwhile. */
  readonly toTheEnd?: boolean
}

/** For what nobody breaks off. */
const neverAborted = new AbortController().signal

/** A first try is not given the worst case: a hanging answer costs seconds, a slow one is met by the next try. */
function patienceOf(attempt: number): number {
  if (attempt === 1) return 1 / 3
  return attempt === mostAttempts ? 2 : 1
}

/** Counts of everything that was sent, retries included. */
export interface Traffic {
  requests: number
  retries: number
}

/** Sends a connection's requests: authorised, through one gate, with retries, to the connection's own host only. */
export class ApiClient {
  readonly traffic: Traffic = { requests: 0, retries: 0 }
  readonly waits: RunWaits
  /** Where the run's requests wait for the API's budget. */
  gate: GateLane
  readonly #gate: RateGate
  readonly #concurrency: number
  readonly #input: ApiClientInput
  readonly #base: URL
  readonly #authorizer: Authorizer
  readonly #headers: Readonly<Record<string, string>>
  readonly #silences: Silences

  /** Throws `host_not_allowed`, `missing_secret` or `invalid_request` for a connection that cannot work. */
  constructor(input: ApiClientInput) {
    this.#input = input
    const { manifest, connection, http } = input
    this.#base = chooseBaseUrl(
      regionUrl(manifest, connection, 'api'),
      connection.apiBaseUrl,
      http.allowedHosts,
    )
    this.#authorizer = chooseAuthorizer(
      manifest,
      connection,
      (...token) => this.#requestToken(...token),
      input.keepTokens ?? (async (used, renew) => await renew(used.refreshToken)),
    )
    this.#headers = { 'User-Agent': 'penstock', Accept: 'application/json', ...this.#fixedHeaders() }
    this.waits = new RunWaits(input.clock, input.onWait)
    this.#silences = new Silences(input.clock)
    this.#concurrency = input.concurrency ?? manifest.rateLimits?.concurrency ?? 8
    this.#gate = new RateGate({ rules: manifest.rateLimits ?? {}, clock: input.clock })
    this.gate = this.#gate.lane(this.#concurrency)
  }

  /** From now on all requests pass through the gate of a budget that other runs use, too. Gives back what leaves it. */
  shareBudget(budget: SharedBudget): () => void {
    const { gate, leave } = joinSharedGate(budget, this.#gate)
    if (gate !== this.#gate) this.gate = gate.lane(this.#concurrency)
    return leave
  }

  /**
   * Sends a request until it is answered well, and gives the parsed answer. `accept` may refuse an answer that is not one
   * (throw `not_an_answer`); it is then tried again. Rejects with the `RunFailure` that ended the tries.
   */
  async send<T>(
    request: ApiRequest,
    priority: Priority,
    signal: AbortSignal,
    accept: (answer: Answer) => T,
  ): Promise<T> {
    const { clock, random, askOnce } = this.#input
    const { answersOnce, object, timeoutMs } = request
    const list = object ?? ''
    const onRetry = () => {
      this.traffic.retries++
      this.#input.onRetry?.(object)
    }
    const onWait = (why: 'busy' | 'retry', reason: string, untilMs: number) =>
      this.waits.begin({ object, why, reason, untilMs })
    const renewals = { left: 2 }
    const hopeless = () => this.gate.hopeless
    const triesLeft = () => this.#silences.note(list)
    const answerMs = (attempt: number) => timeoutMs * patienceOf(attempt)
    return retrying(
      { clock, random, onWait, onRetry, hopeless, triesLeft, answerMs, signal, answersOnce, askOnce },
      async (attempt) => {
        const how = { priority, patience: patienceOf(attempt), signal }
        const accepted = accept(await this.#try(request, how, renewals))
        this.#silences.end(list)
        return accepted
      },
    )
  }

  /** One try; and another at once where the API refused a token in place of which a new one can be had. */
  async #try(request: ApiRequest, how: Attempt, renewals: { left: number }): Promise<Answer> {
    const credentials = await this.#authorizer.credentials(how.signal)
    const { response, refusal, url } = await this.#exchange(request, credentials, how)
    // Refusals, too: they must not be heard before good answers that came earlier.
    if (this.#input.oneByOne === true) await takeTurn(request.object, request.urgency ?? 0)
    if (refusal === 'empty') return emptyAnswer(response, url)
    if (!refusal) return parseAnswer(response, url)
    const renewable =
      refusal.kind === 'unauthorized' && renewals.left > 0 && this.#authorizer.refused(credentials)
    if (!renewable) throw refusal
    renewals.left--
    return this.#try(request, how, renewals)
  }

  async #exchange(
    request: ApiRequest,
    credentials: Credentials,
    how: Attempt,
  ): Promise<{
    readonly response: HttpResponse
    readonly refusal: RunFailure | 'empty' | undefined
    readonly url: URL
  }> {
    const { http, manifest } = this.#input
    const url = this.#urlOf(request, credentials)
    const { gate } = this
    await gate.enter(how.priority, how.signal, (untilMs) =>
      this.waits.begin({
        object: request.object,
        why: 'rate_limit',
        reason: 'the API’s rate limit',
        untilMs,
      }),
    )
    let response: HttpResponse | undefined
    let refusal: RunFailure | 'empty' | undefined
    try {
      this.traffic.requests++
      response = await http.send(
        {
          method: request.method,
          url,
          headers: {
            ...this.#headers,
            ...this.#compression(url),
            ...request.headers,
            ...credentials.headers,
          },
          ...(request.body === undefined ? {} : { body: request.body }),
          timeoutMs: request.timeoutMs * how.patience,
        },
        how.toTheEnd === true ? neverAborted : how.signal,
      )
      refusal = classifyResponse(manifest, response)
      return { response, refusal, url }
    } finally {
      const limited = refusal instanceof RunFailure && refusal.kind === 'rate_limited' ? refusal : undefined
      gate.leave(response, limited && { afterSeconds: limited.afterSeconds?.[0] })
    }
  }

  #urlOf(request: ApiRequest, credentials: Credentials): URL {
    const named = request.path.startsWith('http:') || request.path.startsWith('https:')
    const url = named
      ? onHomeScheme(new URL(request.path), this.#base)
      : new URL(this.#base.pathname.replace(/\/$/, '') + request.path, this.#base)
    const home = url.origin === this.#base.origin || tokenHosts(this.#input.manifest).includes(url.origin)
    if (!home)
      throw new RunFailure('host_not_allowed', `The API named a next page on another host, ${url.host}.`)
    for (const [name, value] of request.query) url.searchParams.append(name, value)
    for (const [name, value] of credentials.query) url.searchParams.set(name, value)
    return url
  }

  /** On the same machine bytes are free and processor time is not. */
  #compression(url: URL): Record<string, string> {
    const near = /^(127\.|localhost$|\[::1\])/.test(url.hostname)
    return { 'Accept-Encoding': near ? 'identity' : 'gzip' }
  }

  #fixedHeaders(): Record<string, string> {
    const { manifest, connection } = this.#input
    const startedAt = new Date().toISOString()
    const settings = settingReferences(manifest, connection)
    return fillFields(manifest.api.headers, (name) => (name === 'run.startedAt' ? startedAt : settings(name)))
  }

  async #requestToken(
    way: OAuth2Authentication,
    fields: Readonly<Record<string, string>>,
    client: { readonly id: string; readonly secret: string },
    signal: AbortSignal,
  ): Promise<unknown> {
    const basic = way.credentialsIn === 'basic'
    const known = settingReferences(this.#input.manifest, this.#input.connection)
    const sent = { ...fillFields(way.tokenFields, known), ...fields }
    const all = basic ? sent : { ...sent, client_id: client.id, client_secret: client.secret }
    const form = way.bodyFormat !== 'json'
    const pair = Buffer.from(`${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`)
    const credentials: Record<string, string> = basic
      ? { Authorization: `Basic ${pair.toString('base64')}` }
      : {}
    const request: ApiRequest = {
      method: 'POST',
      path: fillAddress(way.tokenUrl, known),
      query: [],
      headers: { 'Content-Type': form ? 'application/x-www-form-urlencoded' : 'application/json' },
      body: form ? new URLSearchParams(all).toString() : JSON.stringify(all),
      timeoutMs: 30_000,
    }
    // Many APIs take a refresh token once: who goes away before the answer loses what replaces it, and the connection with it.
    const toTheEnd = fields['grant_type'] === 'refresh_token'
    const how = { priority: 0, patience: 1, signal, toTheEnd } as const
    const { response, refusal } = await this.#exchange(request, { headers: credentials, query: [] }, how)
    const { status } = response
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) throw refusedToken(way, status)
    if (refusal instanceof RunFailure) throw refusal
    return parseAnswer(response, this.#base).json
  }
}

function refusedToken({ grant }: OAuth2Authentication, status: number): RunFailure {
  if (grant === 'authorization_code')
    return new RunFailure('unauthorized', `The API refused to renew the access token: HTTP ${status}.`)
  return new RunFailure(
    'unauthorized',
    `The API gave no access token for this client id and secret: HTTP ${status}.`,
    { advice: 'Check the client id and the secret, and that the app is active. Nothing is lost.' },
  )
}

/** A next page behind a proxy is often named with http: it is asked for as its first page was. */
function onHomeScheme(url: URL, base: URL): URL {
  if (url.protocol === 'http:' && base.protocol === 'https:' && url.host === base.host)
    url.protocol = 'https:'
  return url
}

/** Hosts that only exchange tokens, where a manifest names them by a whole URL. */
function tokenHosts(manifest: Manifest): readonly string[] {
  return manifest.authentication.flatMap((way) =>
    way.type === 'oauth2' && URL.canParse(way.tokenUrl) ? [new URL(way.tokenUrl).origin] : [],
  )
}
