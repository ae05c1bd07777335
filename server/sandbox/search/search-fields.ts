export type FieldType = 'string' | 'integer' | 'date' | 'boolean' | 'words' | 'tag' | 'any'

function fieldsOf(rows: Readonly<Partial<Record<FieldType, string>>>): ReadonlyMap<string, FieldType> {
  const pairs = Object.entries(rows).flatMap(([type, names]) =>
    names.split(' ').map((name) => [name, type as FieldType] as const),
  )
  return new Map(pairs)
}

/** The fields that contacts, conversations and tickets can be searched by, as Intercom publishes them, typos included. */
export const searchFields = {
  contacts: fieldsOf({
    string:
      'id role name avatar email email_domain phone external_id language_override browser browser_language os location.country location.region location.city ios_app_version ios_device ios_app_device ios_os_version ios_app_name ios_sdk_version android_app_version android_device android_app_name andoid_sdk_version segment_id',
    tag: 'tag_id',
    integer: 'owner_id',
    date: 'created_at signed_up_at updated_at last_seen_at last_contacted_at last_replied_at last_email_opened_at last_email_clicked_at ios_last_seen_at android_last_seen_at',
    boolean: 'unsubscribed_from_emails marked_email_as_spam has_hard_bounced',
  }),
  conversations: fieldsOf({
    string:
      'id source.type source.id source.delivered_as source.author.id source.author.type source.author.name source.author.email source.url contact_ids teammate_ids channel_initiated state tag_ids priority statistics.last_closed_by_id conversation_rating.remark conversation_rating.contact_id conversation_rating.admin_d ai_agent.resolution_state ai_agent.last_answer_type ai_agent.rating_remark ai_agent.source_type ai_agent.source_title',
    words: 'source.body source.subject',
    date: 'created_at updated_at waiting_since snoozed_until statistics.first_contact_reply_at statistics.first_assignment_at statistics.first_admin_reply_at statistics.first_close_at statistics.last_assignment_at statistics.last_assignment_admin_reply_at statistics.last_contact_reply_at statistics.last_admin_reply_at statistics.last_close_at conversation_rating.requested_at conversation_rating.replied_at',
    integer:
      'admin_assignee_id team_assignee_id statistics.time_to_assignment statistics.time_to_admin_reply statistics.time_to_first_close statistics.time_to_last_close statistics.median_time_to_reply statistics.count_reopens statistics.count_assignments statistics.count_conversation_parts conversation_rating.score ai_agent.rating',
    boolean: 'open read ai_agent_participated',
  }),
  tickets: fieldsOf({
    string:
      'id title description category ticket_type_id contact_ids teammate_ids admin_assignee_id team_assignee_id state',
    date: 'created_at updated_at snoozed_until',
    boolean: 'open',
  }),
} as const

export type Searchable = keyof typeof searchFields

const openPrefixes: Readonly<Record<Searchable, string>> = {
  contacts: 'custom_attributes.',
  conversations: 'custom_attribute.',
  tickets: 'ticket_attribute.',
}

/** The type of a field that can be searched, or undefined for one that cannot. */
export function fieldType(object: Searchable, field: string): FieldType | undefined {
  return searchFields[object].get(field) ?? (field.startsWith(openPrefixes[object]) ? 'any' : undefined)
}
