import { randomUUID } from 'node:crypto'
import { Refusal } from '../answer.ts'
import type { Workspace } from '../workspace.ts'

interface OpenScroll {
  token: string
  readonly ids: readonly string[]
  at: number
  usedAt: number
}

const pageSize = 100

/** The companies scroll of a workspace: one at a time, dead after a minute without a call, never resumed. */
export class CompanyScroll {
  readonly #workspace: Workspace
  #open: OpenScroll[] = []
  #calls = 0

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** The next page of the scroll with the token, or the first of a new one. Throws the Refusal where there is none. */
  read(token: string | undefined): string {
    const { behaviour, now } = this.#workspace
    this.#open = this.#open.filter((scroll) => now - scroll.usedAt < behaviour.scrollExpirySeconds)
    const scroll = token === undefined ? this.#start() : this.#open.find((one) => one.token === token)
    if (!scroll) throw new Refusal(404, 'not_found', 'scroll parameter not found')
    this.#calls++
    if (behaviour.scrollErrorEvery > 0 && this.#calls % behaviour.scrollErrorEvery === 0) {
      this.#close(scroll)
      throw new Refusal(
        500,
        'server_error',
        'Request failed due to an internal network error. Please restart the scroll operation.',
      )
    }
    scroll.usedAt = now
    const texts = this.#take(scroll)
    if (texts.length === 0) this.#close(scroll)
    if (behaviour.scrollToken === 'fresh') scroll.token = randomUUID()
    return `{"type":"list","data":[${texts.join(',')}],"pages":null,"total_count":null,"scroll_param":"${scroll.token}"}`
  }

  #start(): OpenScroll {
    const { behaviour, now, data } = this.#workspace
    if (behaviour.scrollLimit === 'one' && this.#open.length > 0)
      throw new Refusal(400, 'scroll_exists', 'scroll already exists for this workspace')
    const { companies, members } = data
    const indexes = [...companies.live()].filter(
      (index) => !behaviour.scrollHidesUserless || members.countOf(index, companies.idAt(index)) > 0,
    )
    const scroll = {
      token: randomUUID(),
      ids: indexes.map((index) => companies.idAt(index)),
      at: 0,
      usedAt: now,
    }
    this.#open.push(scroll)
    return scroll
  }

  /** Up to a page of companies that are still there; fewer only at the end. */
  #take(scroll: OpenScroll): string[] {
    const { companies } = this.#workspace.data
    const texts: string[] = []
    while (texts.length < pageSize && scroll.at < scroll.ids.length) {
      const index = companies.find(scroll.ids[scroll.at++] ?? '')
      if (index !== undefined) texts.push(companies.text(index))
    }
    return texts
  }

  #close(scroll: OpenScroll): void {
    this.#open = this.#open.filter((one) => one !== scroll)
  }
}
