import type { ContactDraft } from '../generate/contact-records.ts'
import { contactIdAt } from '../generate/contact-records.ts'
import { contactHead } from '../generate/contact-text.ts'
import { parseExactly } from '../json-text.ts'
import type { Workspace } from '../workspace.ts'
import type { Chance } from './chance.ts'
import { chooseListed, chooseRecord } from './chance.ts'
import type { Change, ChangeMade } from './change.ts'

/** A contact gets another phone and city, or what `fields` says. */
export function updateContact(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  return editContact(workspace, change, chance, (draft) => {
    draft.fields['phone'] = `+447700900${String(chance(3) % 1000).padStart(3, '0')}`
    draft.fields['last_seen_at'] = workspace.now
    Object.assign(draft.fields, change.fields)
  })
}

/** A new contact with the next id; it belongs to one company where there is one. */
export function createContact(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const { contacts, contactNeeds, companies, members } = workspace.data
  const index = contacts.end
  const id = contactIdAt(workspace.now, index)
  const fields = parseExactly(`${contactHead(contactNeeds, id, index, contactNeeds)}}`)
  Object.assign(fields, {
    id,
    created_at: workspace.now,
    updated_at: workspace.now,
    signed_up_at: workspace.now,
    ...change.fields,
  })
  const joined =
    companies.liveCount > 0 ? [companies.idAt(chooseRecord(companies, change.otherId, chance))] : []
  contacts.add(id, { fields, tags: [], companies: joined }, workspace.now)
  for (const company of joined) members.move(company, 1)
  return { kind: change.kind, object: 'contacts', id }
}

/** A contact is gone, as after a deletion, an archiving or a blocking: 404, and absent from lists and search. */
export function deleteContact(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const index = chooseRecord(workspace.data.contacts, change.id, chance)
  const id = removeContact(workspace, index)
  return { kind: change.kind, object: 'contacts', id }
}

/** A contact (`id`) is merged into another (`otherId`): the first vanishes, the second takes over its tags and companies. */
export function mergeContacts(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const { contacts, members } = workspace.data
  const lost = chooseRecord(contacts, change.id, chance)
  const lostDraft = contacts.changedDraft(lost) ?? contacts.base.draftAt(lost)
  const id = removeContact(workspace, lost)
  const kept = chooseRecord(contacts, change.otherId, (salt) => chance(salt + 10))
  contacts.change(kept, workspace.now, (draft) => {
    const newCompanies = lostDraft.companies.filter((company) => !draft.companies.includes(company))
    draft.companies.push(...newCompanies)
    draft.tags.push(...lostDraft.tags.filter((tag) => !draft.tags.some((own) => own.id === tag.id)))
    draft.fields['updated_at'] = workspace.now
    for (const company of newCompanies) members.move(company, 1)
  })
  return { kind: change.kind, object: 'contacts', id }
}

/** A tag is put on a contact (`tag_contact`) or taken off (`untag_contact`). */
export function tagContact(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  return editContact(workspace, change, chance, (draft) => {
    if (change.kind === 'untag_contact') {
      const removed = change.tagId ?? draft.tags[0]?.id
      draft.tags = draft.tags.filter((tag) => tag.id !== removed)
      return
    }
    const tag = chooseListed(workspace.data.tags, change.tagId, chance)
    if (draft.tags.some((own) => own.id === tag.id)) return
    const admin = chooseListed(workspace.data.admins, undefined, chance)
    draft.tags.push({ id: tag.id, appliedAt: workspace.now, by: { type: 'admin', id: admin.id } })
  })
}

/** A contact joins a company (`attach_company`) or leaves one (`detach_company`). */
export function attachCompany(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const { companies, members } = workspace.data
  return editContact(workspace, change, chance, (draft) => {
    if (change.kind === 'detach_company') {
      const left = change.otherId ?? draft.companies[0]
      if (left === undefined || !draft.companies.includes(left)) return
      draft.companies = draft.companies.filter((company) => company !== left)
      members.move(left, -1)
      return
    }
    const joined = companies.idAt(chooseRecord(companies, change.otherId, (salt) => chance(salt + 20)))
    if (draft.companies.includes(joined)) return
    draft.companies.push(joined)
    members.move(joined, 1)
  })
}

function editContact(
  workspace: Workspace,
  change: Change,
  chance: Chance,
  edit: (draft: ContactDraft) => void,
): ChangeMade {
  const { contacts } = workspace.data
  const index = chooseRecord(contacts, change.id, chance)
  const touches = change.kind === 'update_contact' || workspace.behaviour.childChangesTouchParent
  contacts.change(index, workspace.now, (draft) => {
    if (touches) draft.fields['updated_at'] = workspace.now
    edit(draft)
  })
  return { kind: change.kind, object: 'contacts', id: contacts.idAt(index) }
}

function removeContact({ data: { contacts, members } }: Workspace, index: number): string {
  for (const company of members.companiesOf(index)) members.move(company, -1)
  contacts.remove(index)
  return contacts.idAt(index)
}
