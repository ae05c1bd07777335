/** How many records of each object a sandbox starts with. */
export interface SandboxSizes {
  readonly contacts: number
  readonly companies: number
  readonly conversations: number
  readonly tickets: number
  readonly articles: number
  readonly collections: number
  readonly admins: number
  readonly teams: number
  readonly tags: number
  readonly segments: number
  readonly activityLogs: number
}

/** A workspace of a support team of twelve, small enough to be read whole within seconds. */
export const defaultSizes: SandboxSizes = {
  contacts: 2000,
  companies: 300,
  conversations: 800,
  tickets: 400,
  articles: 60,
  collections: 14,
  admins: 12,
  teams: 4,
  tags: 40,
  segments: 12,
  activityLogs: 500,
}
