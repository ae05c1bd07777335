import { workspaceId } from '../generate/people-data.ts'
import { objectIdOf } from '../generate/timeline.ts'
import type { Workspace } from '../workspace.ts'
import type { Chance } from './chance.ts'
import { chooseListed, chooseRecord } from './chance.ts'
import type { Change, ChangeMade } from './change.ts'

/** A new company without users. */
export function createCompany(workspace: Workspace, change: Change): ChangeMade {
  const { companies } = workspace.data
  const id = objectIdOf(workspace.now, 'c0bb69f9f2', companies.end)
  const fields = {
    type: 'company',
    company_id: `cust-new-${companies.end}`,
    id,
    app_id: workspaceId,
    name: `Neue Firma ${companies.end}`,
    created_at: workspace.now,
    updated_at: workspace.now,
    monthly_spend: 0,
    session_count: 0,
    plan: {},
    custom_attributes: {},
    ...change.fields,
  }
  companies.add(id, { fields, tagIds: [], segmentIds: [] }, workspace.now)
  return { kind: change.kind, object: 'companies', id }
}

/** A company's spending and name change, or what `fields` says. */
export function updateCompany(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const { companies } = workspace.data
  const index = chooseRecord(companies, change.id, chance)
  companies.change(index, workspace.now, (draft) => {
    Object.assign(draft.fields, {
      monthly_spend: chance(4) % 5000,
      updated_at: workspace.now,
      ...change.fields,
    })
    if (change.kind !== 'tag_company') return
    const tag = chooseListed(workspace.data.tags, change.tagId, chance)
    if (!draft.tagIds.includes(tag.id)) draft.tagIds.push(tag.id)
  })
  return { kind: change.kind, object: 'companies', id: companies.idAt(index) }
}

/** A company is gone, and so is it from its contacts; their updated_at does not move. */
export function deleteCompany(workspace: Workspace, change: Change, chance: Chance): ChangeMade {
  const { companies, contacts, members } = workspace.data
  const index = chooseRecord(companies, change.id, chance)
  const id = companies.idAt(index)
  for (const contact of members.membersOf(index, id)) {
    contacts.change(contact, workspace.now, (draft) => {
      draft.companies = draft.companies.filter((company) => company !== id)
    })
    members.move(id, -1)
  }
  companies.remove(index)
  return { kind: change.kind, object: 'companies', id }
}
