import type { Behaviour } from './behaviour-switches.ts'
import type { FaultOptions } from './faults/fault-plan.ts'
import type { SandboxSizes } from './sandbox-sizes.ts'

/** How to start a sandbox; everything is optional and can be written as JSON. */
export interface SandboxOptions {
  /** The port on 127.0.0.1; 0 or absent takes any free one. */
  readonly port?: number
  /** The same seed, sizes and now give the same data. Default 1. */
  readonly seed?: number
  /** How many records of each object there are at the start; what is absent has its default (see sandbox-sizes.ts). */
  readonly sizes?: Partial<SandboxSizes>
  /** Switches to set (see behaviour-switches.ts for each and its default). */
  readonly behaviour?: Partial<Behaviour>
  /** Faults to answer with, now and then; absent is none. */
  readonly faults?: FaultOptions
  /** Every answer of the API waits so long. Default 0. */
  readonly latencyMs?: number
  /** The workspace's now in milliseconds: the newest record is a little older. Default: the real time. */
  readonly now?: number
  /** Whether the workspace's clock runs on with real time, or stands still but for /_sandbox/advance. Default running. */
  readonly clock?: 'running' | 'stopped'
  /** The workspace's IANA time zone. Default America/Los_Angeles. */
  readonly timezone?: string
  /** The workspace's region, as GET /me tells it. Default US. */
  readonly region?: 'US' | 'EU' | 'AU'
  /** The access token that works from the start. Default `sandbox-token`. */
  readonly token?: string
  /** Where tokens that its OAuth granted are kept beyond this process, as digests. Absent: they end with it. */
  readonly tokensFile?: string
  /** The OAuth app. Defaults `sandbox-client` and `sandbox-secret`. */
  readonly clientId?: string
  readonly clientSecret?: string
  /** Where the authorize page may redirect to; absent allows any loopback or https address. */
  readonly redirectUris?: readonly string[]
}
