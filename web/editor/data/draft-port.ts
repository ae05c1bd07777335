import { apiClient, codeOf, detailsOf, isSignedOut, lookWhoIsSignedIn, sentenceOf } from '../../api/client.ts'
import { emptyLayout } from '../document/draft-document.ts'
import { readDraft } from '../document/read-draft.ts'
import type { DraftPort, NewerDraft, SaveAnswer, StoredDraft } from '../saving/draft-port.ts'

/** Drafts of one pipeline, kept by the server. */
export function serverDrafts(id: string): DraftPort {
  return {
    save: async ({ revision, document, layout }, patience) => {
      const sent = { id, baseRevision: revision, document: { ...document }, layout: { ...layout } }
      try {
        const answer = await apiClient.pipelines.saveDraft.mutate(sent, { signal: patience })
        return { kind: 'saved', revision: answer.revision, problems: answer.problems }
      } catch (error) {
        return refusalOf(error, { revision, document, layout })
      }
    },
  }
}

function refusalOf(error: unknown, mine: StoredDraft): SaveAnswer {
  const code = codeOf(error)
  if (code === undefined || code === 'SERVICE_UNAVAILABLE' || code === 'TOO_MANY_REQUESTS')
    return { kind: 'offline' }
  const theirs = code === 'CONFLICT' ? readNewer(detailsOf(error), mine) : undefined
  if (theirs) return { kind: 'conflict', theirs }
  const signedOut = isSignedOut(error)
  if (signedOut) lookWhoIsSignedIn()
  return { kind: 'refused', message: sentenceOf(error), signedOut }
}

/** The newer draft in a conflict's details. Where cards stand is nobody's conflict: mine stay where they are. */
function readNewer(
  details: Readonly<Record<string, unknown>>,
  { layout }: StoredDraft,
): NewerDraft | undefined {
  const read = readDraft(details['document'])
  const { revision, savedBy, savedAt } = details
  if ('problems' in read || typeof revision !== 'number') return undefined
  return {
    revision,
    document: read.document,
    layout: layout ?? emptyLayout,
    savedBy: typeof savedBy === 'string' ? savedBy : undefined,
    savedAt: typeof savedAt === 'string' ? savedAt : undefined,
  }
}
