import { seededRandom, type SeededRandom } from './seeded-random.ts'

export type ZendeskRecord = Record<string, unknown>

const home = 'https://acme.zendesk.com/api/v2'
const tags = ['billing', 'vip', 'refund', 'käse', 'a/b', 'très_urgent', 'bug'] as const

/** What a Zendesk account holds; its methods change it as agents and customers would, with the time of the change. */
export class ZendeskAccount {
  readonly tickets: ZendeskRecord[] = []
  readonly users: ZendeskRecord[] = []
  readonly organizations: ZendeskRecord[] = []
  readonly groups: ZendeskRecord[] = []
  readonly ticketFields: ZendeskRecord[] = []
  readonly satisfactionRatings: ZendeskRecord[] = []
  /** Ticket id → its comments, oldest first. */
  readonly comments = new Map<number, ZendeskRecord[]>()
  readonly #random: SeededRandom
  #nextId = 9_007_199_000

  constructor(random: SeededRandom) {
    this.#random = random
  }

  newId(): number {
    this.#nextId += 1 + this.#random.below(5)
    return this.#nextId
  }

  addUser(at: number): void {
    const id = this.newId()
    const role = this.#random.pick(['end-user', 'end-user', 'agent'])
    this.users.push({
      id,
      url: `${home}/users/${id}.json`,
      name: `User ${id}`,
      email: this.#random.below(7) === 0 ? null : `User.${id}@Example.com`,
      phone: this.#random.pick([null, '+353 1 555 0100']),
      photo: null,
      role,
      role_type: role === 'agent' ? 4 : null,
      organization_id: this.organizations[0]?.id ?? null,
      external_id: null,
      notes: '',
      details: '',
      tags: this.#random.some(tags, 2),
      user_fields: { plan: 'gold', since: null },
      time_zone: 'Dublin',
      iana_time_zone: 'Europe/Dublin',
      locale: 'en-IE',
      locale_id: 1,
      active: true,
      suspended: false,
      verified: true,
      shared: false,
      last_login_at: null,
      created_at: iso(at),
      updated_at: iso(at),
    })
  }

  addTicket(at: number): ZendeskRecord {
    const random = this.#random
    const ticket: ZendeskRecord = {
      id: this.tickets.length + 1,
      url: `${home}/tickets/${this.tickets.length + 1}.json`,
      external_id: null,
      type: 'question',
      subject: `Help, the printer is on fire №${this.tickets.length + 1}`,
      raw_subject: 'Help',
      description: 'Zeile 1\nZeile 2',
      priority: random.pick([null, 'high']),
      status: random.pick(['new', 'open', 'solved']),
      requester_id: this.users[0]?.id,
      assignee_id: null,
      organization_id: null,
      group_id: this.groups[0]?.id,
      collaborator_ids: [],
      follower_ids: [],
      email_cc_ids: [],
      has_incidents: false,
      is_public: true,
      due_at: null,
      tags: random.some(tags, 4),
      custom_fields: [
        { id: 27642, value: '745' },
        { id: 27648, value: null },
      ],
      fields: [{ id: 27642, value: '745' }],
      satisfaction_rating: { score: 'unoffered' },
      via: { channel: 'email', source: { from: { address: 'a@b.example' }, to: {}, rel: null } },
      brand_id: 47,
      allow_channelback: false,
      from_messaging_channel: false,
      created_at: iso(at),
      updated_at: iso(at),
      generated_timestamp: Math.floor(at / 1000),
    }
    this.tickets.push(ticket)
    this.comments.set(Number(ticket.id), [])
    for (let comment = 1 + random.below(3); comment > 0; comment--) this.addComment(ticket, at)
    return ticket
  }

  addComment(ticket: ZendeskRecord, at: number): void {
    const id = this.newId()
    this.comments.get(Number(ticket.id))?.push({
      id,
      type: 'Comment',
      author_id: this.users[0]?.id,
      body: `I see ${id}`,
      html_body: `<p>I see ${id}</p>`,
      plain_body: `I see ${id}`,
      public: this.#random.below(2) === 0,
      attachments: [],
      audit_id: id + 1,
      via: { channel: 'web' },
      metadata: { system: { ip_address: '192.0.2.1' }, custom: {} },
      created_at: iso(at),
    })
    touch(ticket, at)
  }

  /** An hour's work: tickets come, are answered, change without a new updated_at, are deleted; users change; a group goes. */
  change(at: number): void {
    const random = this.#random
    for (let more = 0; more < 6; more++) this.addTicket(at)
    for (const ticket of random.some(this.tickets, 8)) this.addComment(ticket, at)
    for (const ticket of random.some(this.tickets, 8))
      touch(Object.assign(ticket, { tags: random.some(tags, 4) }), at)
    for (const ticket of random.some(this.tickets, 3)) ticket.generated_timestamp = Math.floor(at / 1000)
    const deleted = this.tickets[random.below(this.tickets.length)]
    if (deleted) touch(Object.assign(deleted, { status: 'deleted', tags: [], subject: 'SCRUBBED' }), at)
    this.addUser(at)
    for (const user of random.some(this.users, 5))
      Object.assign(user, { name: 'renamed', active: false, updated_at: iso(at) })
    this.groups.splice(1, 1)
    this.addRating(at)
    for (const rating of random.some(this.satisfactionRatings, 3))
      Object.assign(rating, { score: 'bad', comment: 'too slow', updated_at: iso(at) })
  }

  addOrganization(at: number): void {
    const id = this.newId()
    this.organizations.push({
      id,
      url: `${home}/organizations/${id}.json`,
      name: `Org ${id}`,
      details: null,
      notes: null,
      external_id: `ext-${id}`,
      domain_names: ['example.com'],
      group_id: null,
      shared_tickets: false,
      shared_comments: false,
      tags: [],
      organization_fields: { tier: 1.5, vip: true },
      created_at: iso(at),
      updated_at: iso(at),
      deleted_at: null,
    })
  }

  addGroup(at: number): void {
    const id = this.newId()
    this.groups.push({
      id,
      url: `${home}/groups/${id}.json`,
      name: `Group ${id}`,
      description: '',
      default: false,
      is_public: true,
      deleted: false,
      created_at: iso(at),
      updated_at: iso(at),
    })
  }

  addTicketField(at: number): void {
    const id = this.newId()
    this.ticketFields.push({
      id,
      url: `${home}/ticket_fields/${id}.json`,
      type: 'tagger',
      title: `Field ${id}`,
      raw_title: `Field ${id}`,
      description: '',
      position: this.ticketFields.length,
      active: true,
      required: false,
      removable: true,
      tag: null,
      custom_field_options: [{ id: 1, name: 'A', value: 'a', default: false }],
      created_at: iso(at),
      updated_at: iso(at),
    })
  }

  addRating(at: number): void {
    const id = this.newId()
    this.satisfactionRatings.push({
      id,
      url: `${home}/satisfaction_ratings/${id}.json`,
      score: 'good',
      comment: null,
      reason: null,
      reason_code: 0,
      ticket_id: 1,
      requester_id: this.users[0]?.id,
      assignee_id: null,
      group_id: null,
      created_at: iso(at),
      updated_at: iso(at),
    })
  }
}

/** Makes up an account whose records lie in the last 300 days. */
export function makeAccount(options: { readonly seed: number; readonly tickets: number }): ZendeskAccount {
  const account = new ZendeskAccount(seededRandom(options.seed))
  const now = Date.now() - 3_600_000
  const times = (count: number): number[] =>
    Array.from({ length: count }, (_, at) => now - Math.floor((1 - at / count) * 300 * 86_400_000))
  for (const at of times(230)) account.addOrganization(at)
  for (const at of times(3)) account.addGroup(at)
  for (const at of times(123)) account.addTicketField(at)
  for (const at of times(250)) account.addUser(at)
  for (const at of times(options.tickets)) account.addTicket(at)
  for (const at of times(210)) account.addRating(at)
  return account
}

function touch(ticket: ZendeskRecord, at: number): void {
  Object.assign(ticket, { updated_at: iso(at), generated_timestamp: Math.floor(at / 1000) })
}

/** Zendesk writes whole seconds. */
function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
