import type { ContactDraft, ContactRecords } from './generate/contact-records.ts'
import type { RecordStore } from './record-store.ts'

/** Who belongs to which company: counted once over the base, then kept right change by change. */
export class CompanyMembers {
  readonly #counts: Uint32Array
  readonly #delta = new Map<string, number>()
  readonly #contacts: RecordStore<ContactDraft>
  readonly #base: ContactRecords
  readonly #companyId: (index: number) => string

  constructor(
    contacts: RecordStore<ContactDraft>,
    base: ContactRecords,
    companies: number,
    companyId: (index: number) => string,
  ) {
    this.#contacts = contacts
    this.#base = base
    this.#companyId = companyId
    this.#counts = new Uint32Array(companies)
    for (let index = 0; index < base.count; index++)
      for (const company of base.companiesAt(index)) this.#counts[company] = (this.#counts[company] ?? 0) + 1
  }

  /** How many live contacts belong to a company. */
  countOf(companyIndex: number, companyId: string): number {
    return (this.#counts[companyIndex] ?? 0) + (this.#delta.get(companyId) ?? 0)
  }

  /** Says that contacts came to a company, or left it (a negative number). */
  move(companyId: string, by: number): void {
    this.#delta.set(companyId, (this.#delta.get(companyId) ?? 0) + by)
  }

  /** The ids of the companies of a contact, as they are now. */
  companiesOf(contact: number): readonly string[] {
    const draft = this.#contacts.changedDraft(contact)
    return draft ? draft.companies : this.#base.companiesAt(contact).map(this.#companyId)
  }

  /** The indexes of a company's live contacts. */
  membersOf(companyIndex: number, companyId: string): number[] {
    const members: number[] = []
    for (const contact of this.#contacts.live()) {
      const draft = this.#contacts.changedDraft(contact)
      const belongs = draft
        ? draft.companies.includes(companyId)
        : this.#base.companiesAt(contact).includes(companyIndex)
      if (belongs) members.push(contact)
    }
    return members
  }
}
