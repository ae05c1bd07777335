/** Objects that are read whole: a reader of their tables never sees fewer rows than the workspace ever had. */
export const replacedObjects = [
  'companies',
  'admins',
  'teams',
  'tags',
  'segments',
  'subscription_types',
  'data_attributes',
  'ticket_types',
  'articles',
  'collections',
  'help_centers',
  'company_tag',
  'team_admin',
] as const

/** Objects that are merged, each with the object whose records it is read from, and its key there. */
export const mergedObjects: Readonly<Record<string, { readonly root: string; readonly rootKey: string }>> = {
  contacts: { root: 'contacts', rootKey: 'id' },
  contact_company: { root: 'contacts', rootKey: 'contact_id' },
  contact_tag: { root: 'contacts', rootKey: 'contact_id' },
  conversations: { root: 'conversations', rootKey: 'id' },
  conversation_parts: { root: 'conversations', rootKey: 'conversation_id' },
  conversation_tag: { root: 'conversations', rootKey: 'conversation_id' },
  email_address_header: { root: 'conversations', rootKey: 'conversation_id' },
  tickets: { root: 'tickets', rootKey: 'id' },
  activity_logs: { root: 'activity_logs', rootKey: 'id' },
}

/** The field that says when a record of a merged object last changed. */
export function changedAt(root: string): 'updated_at' | 'created_at' {
  return root === 'activity_logs' ? 'created_at' : 'updated_at'
}
