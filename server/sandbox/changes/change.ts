/** Every kind of change, with what it may name. What is not named is chosen by chance. */
export const changeKinds = [
  'update_contact',
  'create_contact',
  'delete_contact',
  'merge_contacts',
  'tag_contact',
  'untag_contact',
  'attach_company',
  'detach_company',
  'create_company',
  'update_company',
  'delete_company',
  'tag_company',
  'create_conversation',
  'reply_conversation',
  'edit_part',
  'redact_part',
  'update_conversation',
  'delete_conversation',
  'tag_conversation',
  'untag_conversation',
  'create_ticket',
  'update_ticket',
  'delete_ticket',
  'create_article',
  'update_article',
  'delete_article',
  'log_activity',
  'create_tag',
  'rename_tag',
  'rename_admin',
  'rename_team',
  'rename_segment',
  'rename_ticket_type',
  'rename_collection',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** The changes that move the record's own updated_at (or add a record), so that an incremental read can see them. */
export const visibleKinds: readonly ChangeKind[] = [
  'update_contact',
  'create_contact',
  'tag_contact',
  'untag_contact',
  'attach_company',
  'detach_company',
  'create_company',
  'update_company',
  'create_conversation',
  'reply_conversation',
  'edit_part',
  'redact_part',
  'update_conversation',
  'tag_conversation',
  'untag_conversation',
  'create_ticket',
  'update_ticket',
  'create_article',
  'update_article',
  'log_activity',
]

/** One change to the workspace's data. */
export interface Change {
  readonly kind: ChangeKind
  /** The record to change, where it is not a new one. */
  readonly id?: string
  /** Members to set on the record, over what the change itself sets. */
  readonly fields?: Readonly<Record<string, unknown>>
  /** The tag to put on or take off. */
  readonly tagId?: string
  /** The company to attach or detach; for merge_contacts the user that stays. */
  readonly otherId?: string
  /** The part to edit or redact. */
  readonly partId?: string
  /** The body of a reply or of an edited part; the new name of a rename. */
  readonly text?: string
  /** Chooses what is not named. */
  readonly seed?: number
}

/** So many changes drawn by chance. */
export interface RandomChanges {
  readonly random: number
  readonly seed?: number
  /** The kinds to draw from; absent are all that an incremental read can see. */
  readonly kinds?: readonly ChangeKind[]
}

/** What was done, to which record. */
export interface ChangeMade {
  readonly kind: ChangeKind
  readonly object: string
  readonly id: string
}
