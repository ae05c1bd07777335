import { seededRandom, type SeededRandom } from './seeded-random.ts'

export type GitHubRecord = Record<string, unknown>

const api = 'https://api.github.com'
const logins = ['ada', 'grace', 'lin', 'mona', 'octo', 'tim'] as const

/** What a repository holds; its methods change it as people would, with the time of the change. */
export class Repository {
  readonly issues: GitHubRecord[] = []
  readonly comments: GitHubRecord[] = []
  readonly labels: GitHubRecord[] = []
  readonly milestones: GitHubRecord[] = []
  readonly assignees: GitHubRecord[] = []
  readonly #random: SeededRandom
  #nextId = 3_000_000_000

  constructor(random: SeededRandom) {
    this.#random = random
  }

  newId(): number {
    this.#nextId += 1 + this.#random.below(9)
    return this.#nextId
  }

  addLabel(name: string): void {
    const id = this.newId()
    this.labels.push({
      id,
      node_id: `LA_${id}`,
      url: `${api}/labels/${name}`,
      name,
      description: null,
      color: 'd73a4a',
      default: false,
    })
  }

  addIssue(at: number): GitHubRecord {
    const random = this.#random
    const id = this.newId()
    const number = this.issues.length + 1
    const isPull = random.below(4) === 0
    const closed = random.below(3) === 0
    const issue: GitHubRecord = {
      id,
      node_id: `I_${id}`,
      number,
      url: `${api}/issues/${number}`,
      html_url: `https://github.com/issues/${number}`,
      state: closed ? 'closed' : 'open',
      state_reason: closed ? 'completed' : null,
      title: `The lamp flickers “${number}” 💡`,
      body: random.below(5) === 0 ? null : 'It went\r\n| dark |\n|---|',
      user: random.below(9) === 0 ? null : (random.pick([this.assignees[0], ...this.assignees]) ?? null),
      labels: random.some(this.labels, 3),
      assignee: null,
      assignees: random.some(this.assignees, 2),
      milestone: this.milestones[random.below(4)] ?? null,
      locked: false,
      active_lock_reason: null,
      comments: 0,
      ...(isPull ? { pull_request: { url: `${api}/pulls/${number}`, merged_at: null }, draft: false } : {}),
      closed_at: closed ? iso(at) : null,
      created_at: iso(at),
      updated_at: iso(at),
      author_association: 'MEMBER',
      reactions: { total_count: 0, '+1': 0 },
    }
    this.issues.push(issue)
    return issue
  }

  addComment(issue: GitHubRecord, at: number): void {
    const id = this.newId()
    const issueUrl = String(issue.url)
    this.comments.push({
      id,
      node_id: `IC_${id}`,
      url: `${api}/issues/comments/${id}`,
      html_url: `https://github.com/c/${id}`,
      issue_url: issueUrl,
      body: `Seen on ${id}`,
      user: this.assignees[0],
      created_at: iso(at),
      updated_at: iso(at),
      author_association: 'NONE',
      reactions: { total_count: 1, '+1': 1 },
    })
    Object.assign(issue, { comments: Number(issue.comments) + 1, updated_at: iso(at) })
  }

  /** A day's work: issues opened, closed, given other labels; comments made and edited; a label removed. */
  change(at: number): void {
    const random = this.#random
    for (let more = 0; more < 7; more++) this.addIssue(at)
    for (const issue of random.some(this.issues, 12)) {
      Object.assign(issue, {
        labels: random.some(this.labels, 3),
        assignees: random.some(this.assignees, 2),
        state: 'closed',
        closed_at: iso(at),
        updated_at: iso(at),
      })
    }
    for (const issue of random.some(this.issues, 6)) this.addComment(issue, at)
    for (const comment of random.some(this.comments, 5))
      Object.assign(comment, { body: 'edited', updated_at: iso(at) })
    const [gone] = this.labels.splice(0, 1)
    for (const issue of this.issues) {
      if (!Array.isArray(issue.labels) || !issue.labels.includes(gone)) continue
      Object.assign(issue, { labels: issue.labels.filter((label) => label !== gone), updated_at: iso(at) })
    }
    this.addLabel(`label ${at}`)
  }
}

/** Makes up a repository whose records lie in the last 300 days. */
export function makeRepository(options: { readonly seed: number; readonly issues: number }): Repository {
  const random = seededRandom(options.seed)
  const repository = new Repository(random)
  for (const login of logins) repository.assignees.push(makeUser(login, repository.newId()))
  for (let label = 0; label < 134; label++) repository.addLabel(`area/${label}`)
  for (let number = 1; number <= 5; number++)
    repository.milestones.push(makeMilestone(number, repository.newId()))
  const now = Date.now() - 3_600_000
  for (let made = 0; made < options.issues; made++) {
    const age = Math.floor(((options.issues - made) / options.issues) * 300 * 86_400_000)
    const issue = repository.addIssue(now - age)
    for (let comment = random.below(4); comment > 0; comment--)
      repository.addComment(issue, now - Math.floor(random.next() * age))
  }
  return repository
}

function makeUser(login: string, id: number): GitHubRecord {
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `https://avatars.example/${login}`,
    gravatar_id: '',
    url: `${api}/users/${login}`,
    html_url: `https://github.com/${login}`,
    followers_url: `${api}/users/${login}/followers`,
    type: 'User',
    user_view_type: 'public',
    site_admin: false,
  }
}

function makeMilestone(number: number, id: number): GitHubRecord {
  return {
    id,
    node_id: `MI_${id}`,
    number,
    url: `${api}/milestones/${number}`,
    html_url: `https://github.com/m/${number}`,
    title: `v${number}`,
    description: null,
    state: number < 3 ? 'closed' : 'open',
    creator: null,
    open_issues: number,
    closed_issues: 0,
    created_at: '2024-05-01T09:00:00Z',
    updated_at: '2024-05-02T09:00:00Z',
    closed_at: null,
    due_on: null,
  }
}

/** GitHub writes whole seconds. */
function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
