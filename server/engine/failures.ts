/** What can stop a run, an object or a request. Every kind has one row in `failurePolicies`. */
export type FailureKind =
  | 'unauthorized'
  | 'missing_scope'
  | 'plan_gate'
  | 'forbidden'
  | 'gone'
  | 'busy'
  | 'rate_limited'
  | 'unavailable'
  | 'not_an_answer'
  | 'too_large'
  | 'restart'
  | 'lost_answer'
  | 'invalid_request'
  | 'version_mismatch'
  | 'incomplete_read'
  | 'collapsed_read'
  | 'miscounted'
  | 'too_many_rejected'
  | 'host_not_allowed'
  | 'wrong_region'
  | 'missing_secret'
  | 'other_source'
  | 'fenced'
  | 'destination_unavailable'
  | 'destination_refused'
  | 'cancelled'
  | 'internal'

export interface FailurePolicy {
  /** request: the same request again. object: the object again in the next run. afterFix: when a person has acted. */
  readonly retry: 'request' | 'object' | 'afterFix'
  /** skipped: not permitted, its table is left as it was. failed: it should have worked. run: nothing else can work either. */
  readonly effect: 'skipped' | 'failed' | 'run'
  /** What to tell the person. */
  readonly advice: string
}

/** The part of an advice that says what follows by itself. Whoever does anything else than run puts there what follows of that. */
export const nextRunGoesOn = 'The next run goes on from the last checkpoint.'

export const failurePolicies: Readonly<Record<FailureKind, FailurePolicy>> = {
  unauthorized: {
    retry: 'afterFix',
    effect: 'run',
    advice:
      'Reconnect the account: its credential was refused. Nothing is lost; the next run goes on from the last checkpoint.',
  },
  missing_scope: {
    retry: 'afterFix',
    effect: 'skipped',
    advice: 'Grant the permission in the API’s own settings, then reconnect.',
  },
  plan_gate: {
    retry: 'afterFix',
    effect: 'skipped',
    advice: 'The account’s plan does not include this. Remove the object, or change the plan.',
  },
  forbidden: {
    retry: 'afterFix',
    effect: 'skipped',
    advice: 'The account may not read this. Ask its administrator for access, then run again.',
  },
  gone: {
    retry: 'object',
    effect: 'failed',
    advice: 'The API says that this does not exist. Check the connection’s region and settings.',
  },
  busy: {
    retry: 'request',
    effect: 'failed',
    advice: 'Someone else is using what only one may use at a time. The next run will try again.',
  },
  rate_limited: {
    retry: 'request',
    effect: 'failed',
    advice: 'The API’s budget is used up, perhaps by other apps. Run less often, or lower the concurrency.',
  },
  unavailable: {
    retry: 'request',
    effect: 'failed',
    advice: `The API did not answer. ${nextRunGoesOn}`,
  },
  not_an_answer: {
    retry: 'request',
    effect: 'failed',
    advice: 'The API answered with something that is not a list of records. The next run will try again.',
  },
  too_large: {
    retry: 'afterFix',
    effect: 'failed',
    advice: 'An answer was larger than allowed. Lower the page size in the manifest.',
  },
  restart: {
    retry: 'object',
    effect: 'failed',
    advice: 'The API broke off its list and it must be read from the start. The next run will try again.',
  },
  lost_answer: {
    retry: 'object',
    effect: 'failed',
    advice: 'An answer of the API was lost on the way. The next run will read the list again.',
  },
  invalid_request: {
    retry: 'afterFix',
    effect: 'failed',
    advice: 'The API says that the request is wrong. The manifest needs correcting.',
  },
  version_mismatch: {
    retry: 'afterFix',
    effect: 'run',
    advice:
      'The API answered with another version than was asked for. Check the version in the manifest and in the app’s settings.',
  },
  incomplete_read: {
    retry: 'object',
    effect: 'failed',
    advice:
      'The list could not be read to a proved end. The table is as it was; the next run will try again.',
  },
  collapsed_read: {
    retry: 'afterFix',
    effect: 'failed',
    advice:
      'Far fewer records came back than the table holds, so the table is as it was. If that is right, run once with --full-refresh.',
  },
  miscounted: {
    retry: 'object',
    effect: 'failed',
    advice:
      'The counts of read and written records do not agree. Please report this; the next run will read again.',
  },
  too_many_rejected: {
    retry: 'afterFix',
    effect: 'failed',
    advice: 'Too many records could not land. _penstock_rejected says which and why.',
  },
  host_not_allowed: {
    retry: 'afterFix',
    effect: 'run',
    advice: 'Use the connection’s own host, or let the operator list this one in PENSTOCK_ALLOWED_HOSTS.',
  },
  wrong_region: {
    retry: 'afterFix',
    effect: 'run',
    advice: 'Set the region to the one the account lives in.',
  },
  missing_secret: {
    retry: 'afterFix',
    effect: 'run',
    advice: 'Set the environment variable that the document names.',
  },
  other_source: {
    retry: 'afterFix',
    effect: 'run',
    advice: 'Choose another schema for this account, or drop the old account’s tables.',
  },
  fenced: { retry: 'object', effect: 'run', advice: 'A newer run has taken over. Nothing needs to be done.' },
  destination_unavailable: {
    retry: 'object',
    effect: 'failed',
    advice: `The destination did not answer. ${nextRunGoesOn}`,
  },
  destination_refused: {
    retry: 'afterFix',
    effect: 'failed',
    advice: 'The destination refused. Give the user the right it lacks, or make room, then run again.',
  },
  cancelled: { retry: 'object', effect: 'run', advice: nextRunGoesOn },
  internal: {
    retry: 'object',
    effect: 'failed',
    advice: 'This should not happen. Please report it with the run’s log.',
  },
}

export interface FailureOptions {
  readonly cause?: unknown
  readonly advice?: string
  readonly afterSeconds?: readonly number[]
}

/** A run, an object or a request stopped and someone can act. The cause is kept, and never pasted into the sentence. */
export class RunFailure extends Error {
  override readonly name = 'RunFailure'
  readonly kind: FailureKind
  /** What the person can do; from the manifest where it knows better than the policy. */
  readonly advice: string
  /** Seconds to wait before each new try, where the manifest says so; when they are used up, give up. */
  readonly afterSeconds: readonly number[] | undefined

  constructor(kind: FailureKind, sentence: string, options: FailureOptions = {}) {
    super(sentence, { cause: options.cause })
    this.kind = kind
    this.advice = options.advice ?? failurePolicies[kind].advice
    this.afterSeconds = options.afterSeconds
  }
}
