import type { Connector } from '@penstock/connectors/read-connector.ts'
import type { Actor } from '../actor.ts'
import { judgeDraft, withLines } from '../connections/check-draft.ts'
import type { CheckedDraft } from '../connections/check-draft.ts'
import { digestFiles, openOwnConnector } from '../connections/open-own-connector.ts'
import { listSecretHolders } from '../store/connector-rows.ts'
import type { ConnectorRow } from '../store/connector-rows.ts'
import { listPublishedHeads } from '../store/connector-version-rows.ts'
import type { ConnectorHead } from '../store/connector-version-rows.ts'
import type { Tx } from '../store/database.ts'
import { listPipelinesBeside } from './choose-pipelines.ts'
import type { PipelineOfConnector } from './choose-pipelines.ts'
import { compareConnectors } from './compare-connectors.ts'
import type { ConnectorChange, Verdict } from './connector-change.ts'
import { refuseStaleDraft, requireOwn } from './require-own.ts'

/** What publishing a draft would mean. */
export interface ConnectorReview {
  readonly revision: number
  /** Everything that stands in the way. */
  readonly problems: CheckedDraft['problems']
  readonly verdict: Verdict
  /** Beside the version in use; what breaks something comes first. */
  readonly changes: ConnectorChange[]
  /** The pipelines that read with it, each compared with the version that it reads with. */
  readonly pipelines: PipelineOfConnector[]
  /** The connections whose secrets it sends. */
  readonly connections: { readonly id: string; readonly name: string }[]
}

/** Judges a saved draft beside the version in use. Throws `NOT_FOUND`, and `CONFLICT` where the draft is not the one that the person saw. */
export async function reviewConnector(
  actor: Actor,
  { name, revision }: { readonly name: string; readonly revision: number },
): Promise<ConnectorReview> {
  return await actor.transaction(async (tx) => {
    const row = await requireOwn(tx, actor, name)
    refuseStaleDraft(row, revision)
    return (await reviewInside(tx, actor, row)).review
  })
}

/** The same as a part of something larger, with the version in use. */
export async function reviewInside(
  tx: Tx,
  actor: Actor,
  row: ConnectorRow,
): Promise<{ readonly review: ConnectorReview; readonly head: ConnectorHead | undefined }> {
  const { name, revision, draft } = row
  const { connector, problems } = await judgeDraft(actor, draft)
  const misnamed = connector && connector.name !== name ? [misnaming(connector.name, name)] : []
  const [head] = await listPublishedHeads(tx, actor.workspaceId, name)
  const before = head && (await openOwnConnector(tx, actor.workspaceId, head).catch(() => undefined))
  const changes = connector && before ? compareConnectors(before, connector) : []
  const { connections } = await listSecretHolders(tx, actor.workspaceId, name)
  const review = {
    revision,
    problems: withLines([...misnamed, ...problems], draft),
    verdict: verdictOf(head, digestFiles(draft), changes),
    changes: [...changes],
    pipelines: await listPipelinesBeside(tx, actor.workspaceId, {
      name,
      ...(connector ? { target: connector } : {}),
      ...(head ? { head: head.version } : {}),
    }),
    connections: [...connections],
  }
  return { review, head }
}

function misnaming(named: Connector['name'], name: string): CheckedDraft['problems'][number] {
  return {
    file: 'manifest.yaml',
    pointer: '/name',
    message: `The manifest is named ${named}, and this connector is ${name}.`,
    fix: `Name it ${name}: connections and pipelines know it so. For another connector, begin a new one.`,
  }
}

function verdictOf(
  head: ConnectorHead | undefined,
  digest: string,
  changes: readonly ConnectorChange[],
): Verdict {
  if (!head) return 'first'
  if (head.digest === digest) return 'same'
  return changes.some(({ breaking }) => breaking) ? 'incompatible' : 'compatible'
}
