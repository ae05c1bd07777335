import type { Behaviour } from '../behaviour-switches.ts'
import { CompanyMembers } from '../company-members.ts'
import { RecordStore } from '../record-store.ts'
import type { SandboxSizes } from '../sandbox-sizes.ts'
import type { CompanyDraft } from './company-records.ts'
import { companyRendering, makeCompanyRecords } from './company-records.ts'
import type { ContactNeeds, ContactRecords } from './contact-records.ts'
import { contactRendering, makeContactRecords } from './contact-records.ts'
import { personAt } from './contact-text.ts'
import type { Customer } from './conversation-records.ts'
import { drawsFor } from './draw.ts'
import type { Listed, ReferenceData } from './reference-data.ts'
import { spreadOver } from './timeline.ts'

/** The id of the workspace, as records carry it. */
export const workspaceId = 'sandbox_workspace'

/** What the records of a workspace are made from. */
export interface PeopleNeeds {
  readonly seed: number
  readonly sizes: SandboxSizes
  readonly end: number
  readonly behaviour: Behaviour
  readonly reference: ReferenceData
}

export type People = ReturnType<typeof makePeople>

/** Contacts and companies, and who belongs to which. */
export function makePeople({ seed, sizes, end, behaviour, reference }: PeopleNeeds) {
  const unstorableText = () => behaviour.unstorableText
  const tagIds = reference.tags.map((tag) => tag.id)
  const companyDraw = drawsFor(seed, 'companies')
  const companyIds: string[] = []
  const companyId = (index: number) => (companyIds[index] ??= companyRecords.idAt(index))
  const contactDraw = drawsFor(seed, 'contacts')
  let userCount: (index: number) => number = () => 0
  const companyNeeds = {
    count: sizes.companies,
    workspaceId,
    draw: companyDraw,
    timeline: spreadOver(sizes.companies, end, companyDraw),
    tagIds,
    segmentIds: reference.segments.map((segment) => segment.id),
    userCount: (index: number) => userCount(index),
    tagText: textsOf(reference.tags),
    segmentText: textsOf(reference.segments),
    unstorableText,
  }
  const companyRecords = makeCompanyRecords(companyNeeds)
  const contactNeeds: ContactNeeds = {
    workspaceId,
    draw: contactDraw,
    timeline: spreadOver(sizes.contacts, end, contactDraw),
    adminIds: reference.admins.map((admin) => admin.id),
    subscriptionIds: reference.subscriptionTypes.map((one) => one.id),
    count: sizes.contacts,
    tagIds,
    companyCount: Math.floor(sizes.companies * 0.9),
    companyId,
    unstorableText,
    ownerIdAsText: () => behaviour.ownerId === 'string',
    wrongTotals: () => behaviour.subListTotalCount === 'wrong',
    saysHasMore: () => behaviour.subListHasMore,
  }
  const contactRecords = makeContactRecords(contactNeeds)
  const contacts = new RecordStore(contactRecords, contactRendering(contactNeeds))
  const members = new CompanyMembers(contacts, contactRecords, sizes.companies, companyId)
  const companies: RecordStore<CompanyDraft> = new RecordStore(
    companyRecords,
    companyRendering(companyNeeds, (id) => companies.indexOf(id) ?? -1),
  )
  userCount = (index) => members.countOf(index, companies.idAt(index))
  return { contacts, contactRecords, contactNeeds, companies, members }
}

/** A contact as conversations and tickets of the base refer to it: as the sandbox began. */
export function customerAt(
  { draw, companyId }: ContactNeeds,
  records: ContactRecords,
  index: number,
): Customer {
  const { name, email, isLead, externalId } = personAt(draw, index)
  const company = records.companiesAt(index)[0]
  return {
    type: isLead ? 'lead' : 'user',
    id: records.idAt(index),
    name,
    email,
    externalId: isLead ? null : externalId,
    companyId: company === undefined ? undefined : companyId(company),
    companyKey: company === undefined ? undefined : `cust-${company + 1}`,
  }
}

function textsOf(list: readonly Listed[]): (id: string) => string {
  return (id) => JSON.stringify(list.find((one) => one.id === id) ?? null)
}
