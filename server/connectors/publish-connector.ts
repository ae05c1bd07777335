import type { Actor } from '../actor.ts'
import { digestFiles } from '../connections/open-own-connector.ts'
import { DomainError } from '../domain-error.ts'
import { recordAct } from '../pipelines/record-act.ts'
import { updateConnector } from '../store/connector-rows.ts'
import { pinConnector } from '../store/connector-use-rows.ts'
import { insertConnectorVersion, listConnectorVersions } from '../store/connector-version-rows.ts'
import { refuseOtherPipelines } from './choose-pipelines.ts'
import { refuseStaleDraft, connectorSubject, requireOwn } from './require-own.ts'
import { reviewInside } from './review-connector.ts'
import type { ConnectorReview } from './review-connector.ts'

export interface ConnectorPublication {
  readonly name: string
  /** The revision of the draft that the person saw. */
  readonly revision: number
  readonly note?: string | undefined
  /** Whether the person knows that it is incompatible with the version in use. */
  readonly acceptIncompatible?: boolean | undefined
  /** The pipelines whose runs read with it from now on; the others keep their version. Absent: all of them. */
  readonly pipelineIds?: readonly string[] | undefined
}

/**
 * Makes the draft the version in use: connections are made and pipelines are checked with it, and the chosen pipelines' runs read with it from
 * their next one on. A run keeps the version that it was put in line with. Publishing what is published already changes nothing. Throws
 * `CONFLICT` where the draft is newer than `revision`; `INVALID`, with every problem in the details, for one that cannot be used; and
 * `INVALID`, with what is different, for one that breaks what exists or sends secrets elsewhere, unless that is accepted.
 */
export async function publishConnector(
  actor: Actor,
  input: ConnectorPublication,
): Promise<{ readonly version: number }> {
  const { name, revision, note, pipelineIds } = input
  const { workspaceId, userId } = actor
  return await actor.transaction(async (tx) => {
    const row = await requireOwn(tx, actor, name, 'lock')
    refuseStaleDraft(row, revision)
    const { review, head } = await reviewInside(tx, actor, row)
    refuseOtherPipelines(review.pipelines, pipelineIds ?? [])
    refuseUnfit(name, review, input.acceptIncompatible === true)
    if (head && review.verdict === 'same') return { version: head.version }
    const [last] = await listConnectorVersions(tx, workspaceId, name, 1)
    const version = (last?.version ?? 0) + 1
    await insertConnectorVersion(tx, workspaceId, {
      connector: name,
      version,
      files: row.draft,
      digest: digestFiles(row.draft),
      note: note ?? null,
      publishedBy: userId,
    })
    await updateConnector(tx, workspaceId, name, { publishedVersion: version })
    await pinConnector(tx, workspaceId, {
      connector: name,
      version,
      ...(pipelineIds ? { pipelineIds } : {}),
    })
    await recordAct(tx, actor, {
      action: 'connector.publish',
      subject: connectorSubject(name),
      before: { version: head?.version ?? null },
      after: {
        version,
        note: note ?? null,
        verdict: review.verdict,
        changes: sentencesOf(review),
        pipelines: movedBy(review, pipelineIds),
      },
    })
    return { version }
  })
}

/** For the audit log: the pipelines that read with it from now on. */
function movedBy({ pipelines }: ConnectorReview, chosen: readonly string[] | undefined) {
  return pipelines
    .filter(({ id, version }) => version !== null && (chosen?.includes(id) ?? true))
    .map(({ id, name }) => ({ id, name }))
}

function refuseUnfit(
  name: string,
  { problems, verdict, changes, pipelines }: ConnectorReview,
  accepted: boolean,
) {
  if (problems.length > 0)
    throw new DomainError(
      'INVALID',
      `${name} cannot be published: ${problems.length === 1 ? 'one problem is' : `${problems.length} problems are`} to be solved first.`,
      { details: { problems } },
    )
  if (verdict === 'incompatible' && !accepted)
    throw new DomainError(
      'INVALID',
      `${name} is not compatible with the version in use. Look at what is different, then publish it with acceptIncompatible.`,
      { details: { changes, pipelines } },
    )
}

const mostSentences = 50

/** For the audit log: each change a sentence, fifty at the most. */
function sentencesOf({ changes }: ConnectorReview): readonly string[] {
  const more = changes.length - mostSentences
  const sentences = changes.slice(0, mostSentences).map(({ sentence }) => sentence)
  return more > 0 ? [...sentences, `and ${more} more changes`] : sentences
}
