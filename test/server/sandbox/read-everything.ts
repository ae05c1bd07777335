import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'
import type { Json } from './call-sandbox.ts'
import { call, everything, walk } from './call-sandbox.ts'

/** Reads the whole workspace through the API, as the truth describes each object. */
export async function readEverything(sandbox: Sandbox): Promise<Record<string, Json[]>> {
  const get = async (path: string, key = 'data') => (await call(sandbox, path)).body[key]
  const contacts = await walk(sandbox, '/contacts', 'data')
  const companies = (await call(sandbox, '/companies/scroll')).body
  const conversations = await walk(sandbox, '/conversations/search', 'conversations', everything)
  const details = await Promise.all(
    conversations.map(async ({ id }) => (await call(sandbox, `/conversations/${id}`)).body),
  )
  const parts = details.flatMap((one) =>
    one.conversation_parts.conversation_parts.map((part: Json) => ({ ...part, conversation_id: one.id })),
  )
  const teams = await get('/teams', 'teams')
  const companyRows = await Promise.all(
    contacts.map(async (one) => {
      const all = one.companies.has_more ? await get(`/contacts/${one.id}/companies`) : one.companies.data
      return all.map((company: Json) => ({
        contact_id: one.id,
        company_id: company.id,
        contact_updated_at: one.updated_at,
      }))
    }),
  )
  const tagRows = await Promise.all(
    contacts.map(async (one) => {
      const all = one.tags.has_more ? await get(`/contacts/${one.id}/tags`) : one.tags.data
      return all.map((tag: Json) => ({
        contact_id: one.id,
        tag_id: tag.id,
        applied_at: tag.applied_at ?? null,
        applied_by_type: tag.applied_by?.type ?? null,
        applied_by_id: tag.applied_by?.id ?? null,
        contact_updated_at: one.updated_at,
      }))
    }),
  )
  const models = await Promise.all(
    ['contact', 'company', 'conversation'].map((model) =>
      get(`/data_attributes?model=${model}&include_archived=true`),
    ),
  )
  return {
    contacts,
    companies: companies.data,
    conversations,
    conversation_parts: parts,
    teams,
    admins: await get('/admins?display_avatar=true', 'admins'),
    tags: await get('/tags'),
    segments: await get('/segments?include_count=true', 'segments'),
    subscription_types: (await get('/subscription_types')).map((type: Json) => ({
      ...type,
      name: type.default_translation.name,
      description: type.default_translation.description,
    })),
    data_attributes: models.flat(),
    tickets: await walk(sandbox, '/tickets/search', 'tickets', everything),
    ticket_types: await get('/ticket_types'),
    articles: await get('/articles?per_page=150'),
    collections: await get('/help_center/collections?per_page=150'),
    help_centers: await get('/help_center/help_centers'),
    activity_logs: await readLogs(sandbox),
    contact_company: companyRows.flat(),
    contact_tag: tagRows.flat(),
    company_tag: companies.data.flatMap((one: Json) =>
      one.tags.tags.map((tag: Json) => ({
        company_id: one.id,
        tag_id: tag.id,
        tag_name: tag.name,
        company_updated_at: one.updated_at,
      })),
    ),
    conversation_tag: conversations.flatMap((one) =>
      one.tags.tags.map((tag: Json) => ({
        conversation_id: one.id,
        tag_id: tag.id,
        tag_name: tag.name,
        applied_at: tag.applied_at,
        applied_by_type: tag.applied_by.type,
        applied_by_id: tag.applied_by.id,
        conversation_updated_at: one.updated_at,
      })),
    ),
    team_admin: teams.flatMap((team: Json) =>
      team.admin_ids.map((admin: number) => ({ team_id: team.id, admin_id: String(admin) })),
    ),
    email_address_header: parts.flatMap((part) =>
      (part.email_message_metadata?.email_address_headers ?? []).map((header: Json, at: number) => ({
        conversation_id: part.conversation_id,
        conversation_part_id: part.id,
        header_index: at,
        type: header.type,
        email_address: header.email_address,
        name: header.name,
      })),
    ),
  }
}

async function readLogs(sandbox: Sandbox): Promise<Json[]> {
  const pages = [1, 2, 3].map(
    async (page) =>
      (await call(sandbox, `/admins/activity_logs?created_at_after=0&per_page=250&page=${page}`)).body
        .activity_logs,
  )
  return (await Promise.all(pages)).flat()
}
