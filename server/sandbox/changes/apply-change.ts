import type { Workspace } from '../workspace.ts'
import { chanceOf } from './chance.ts'
import type { Change, ChangeKind, ChangeMade } from './change.ts'
import { createCompany, deleteCompany, updateCompany } from './company-changes.ts'
import {
  attachCompany,
  createContact,
  deleteContact,
  mergeContacts,
  tagContact,
  updateContact,
} from './contact-changes.ts'
import {
  createConversation,
  deleteConversation,
  editPart,
  replyConversation,
  tagConversation,
  updateConversation,
} from './conversation-changes.ts'
import {
  changeArticle,
  createTag,
  createTicket,
  deleteTicket,
  logActivity,
  renameListed,
  updateTicket,
} from './other-changes.ts'
import type { Chance } from './chance.ts'

type Apply = (workspace: Workspace, change: Change, chance: Chance) => ChangeMade

const appliers: Readonly<Record<ChangeKind, Apply>> = {
  update_contact: updateContact,
  create_contact: createContact,
  delete_contact: deleteContact,
  merge_contacts: mergeContacts,
  tag_contact: tagContact,
  untag_contact: tagContact,
  attach_company: attachCompany,
  detach_company: attachCompany,
  create_company: createCompany,
  update_company: updateCompany,
  delete_company: deleteCompany,
  tag_company: updateCompany,
  create_conversation: createConversation,
  reply_conversation: replyConversation,
  edit_part: editPart,
  redact_part: editPart,
  update_conversation: updateConversation,
  delete_conversation: deleteConversation,
  tag_conversation: tagConversation,
  untag_conversation: tagConversation,
  create_ticket: createTicket,
  update_ticket: updateTicket,
  delete_ticket: deleteTicket,
  create_article: changeArticle,
  update_article: changeArticle,
  delete_article: changeArticle,
  log_activity: logActivity,
  create_tag: createTag,
  rename_tag: renameListed,
  rename_admin: renameListed,
  rename_team: renameListed,
  rename_segment: renameListed,
  rename_ticket_type: renameListed,
  rename_collection: renameListed,
}

/** Makes one change. Throws a RangeError for an unknown kind, or where the record to change is not there. */
export function applyChange(workspace: Workspace, change: Change): ChangeMade {
  if (!Object.hasOwn(appliers, change.kind))
    throw new RangeError(`There is no change ${String(change.kind)}.`)
  return appliers[change.kind](workspace, change, chanceOf(change.seed ?? 1))
}
