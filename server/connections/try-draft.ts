import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { recordAudit } from '../store/audit-rows.ts'
import { findRestrictions } from '../store/oauth-rows.ts'
import { judgeDraft, withLines } from './check-draft.ts'
import { sourceRules, splitSettings } from './check-settings.ts'
import { chooseRegion } from './choose-region.ts'
import { inMemory } from './create-source.ts'
import { listHosts } from './list-hosts.ts'
import { listMethods } from './list-settings.ts'
import type { ConnectorDraft } from './read-draft.ts'
import { notTried, readRows } from './read-rows.ts'
import type { TriedObject } from './read-rows.ts'

export interface DraftToTry extends ConnectorDraft {
  readonly object: string
  readonly region?: string | undefined
  /** What its form asks for, secrets among it. */
  readonly settings: Readonly<Record<string, string>>
}

/**
 * Reads ten records of an object of a draft with what was typed in, before anything of it is published. The secrets are the author's own, go to
 * the hosts that the draft names, which must be as for publishing, and are forgotten with the answer; the audit log has that it was done, and
 * to which hosts. Throws `INVALID` for what the form does not know, and for a manifest that only OAuth connects.
 */
export async function tryDraft(actor: Actor, input: DraftToTry): Promise<TriedObject> {
  const { manifest: text, records, object, settings: given } = input
  const draft = { manifest: text, records }
  const { connector, problems } = await judgeDraft(actor, draft)
  if (!connector || problems.length > 0) return notTried(withLines(problems, draft))
  const { manifest, name } = connector
  if (!Object.hasOwn(manifest.objects, object))
    throw new DomainError('NOT_FOUND', `${manifest.title} has no object ${object}.`)
  if (!listMethods(manifest).includes('settings'))
    throw new DomainError(
      'INVALID',
      `${manifest.title} is connected with OAuth: publish it, then connect it.`,
    )
  const { settings, secrets } = splitSettings(sourceRules(manifest, 'settings'), given)
  const region = await actor.transaction(async (tx) => {
    const { allowedRegions } = await findRestrictions(tx, actor.workspaceId)
    const chosen = chooseRegion(manifest, input.region, allowedRegions[name])
    await recordAudit(tx, actor, {
      action: 'connector.try',
      subject: { type: 'connector', id: name, name },
      after: { object, draft: true, hosts: [...new Set(listHosts(connector).map(({ url }) => hostOf(url)))] },
    })
    return chosen
  })
  const connection = inMemory(region, undefined, { settings, secrets })
  // Of an account that nobody vouches for: what it says of itself shares no budget with anyone's runs.
  return await readRows(actor, { connector, connection, object })
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
