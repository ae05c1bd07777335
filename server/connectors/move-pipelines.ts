import type { Actor } from '../actor.ts'
import { openOwnConnector } from '../connections/open-own-connector.ts'
import { DomainError } from '../domain-error.ts'
import { recordAct } from '../pipelines/record-act.ts'
import { pinConnector } from '../store/connector-use-rows.ts'
import { findConnectorVersion } from '../store/connector-version-rows.ts'
import { listPipelinesBeside, refuseOtherPipelines } from './choose-pipelines.ts'
import { connectorSubject, requireOwn } from './require-own.ts'

export interface PipelineMove {
  readonly name: string
  /** Any published version: a newer one, or an older one to go back. */
  readonly version: number
  readonly pipelineIds: readonly string[]
  /** Whether the person knows that it is incompatible with what some of them use. */
  readonly acceptIncompatible?: boolean | undefined
}

/**
 * Lets the runs of these pipelines read with another published version from their next one on; a run that waits or is under way keeps its own.
 * Throws `NOT_FOUND`; `INVALID` for what is no published pipeline of this connector; and `INVALID`, with the pipelines in the details, where it
 * breaks one and that is not accepted.
 */
export async function movePipelines(actor: Actor, input: PipelineMove): Promise<{ readonly moved: number }> {
  const { name, version, pipelineIds, acceptIncompatible } = input
  const { workspaceId } = actor
  return await actor.transaction(async (tx) => {
    await requireOwn(tx, actor, name, 'lock')
    const row = await findConnectorVersion(tx, workspaceId, name, version)
    if (!row) throw new DomainError('NOT_FOUND', `The connector has no version ${version}.`)
    const target = await openOwnConnector(tx, workspaceId, row)
    const pipelines = await listPipelinesBeside(tx, workspaceId, { name, target })
    refuseOtherPipelines(pipelines, pipelineIds)
    const moving = pipelines.filter((one) => pipelineIds.includes(one.id) && one.version !== version)
    const broken = moving.filter(({ breaks }) => breaks)
    if (broken.length > 0 && acceptIncompatible !== true)
      throw new DomainError(
        'INVALID',
        `Version ${version} is not compatible with what ${broken.map((one) => `“${one.name}”`).join(', ')} uses. Look at what is different, then move it with acceptIncompatible.`,
        { details: { pipelines: broken } },
      )
    if (moving.length === 0) return { moved: 0 }
    await pinConnector(tx, workspaceId, { connector: name, version, pipelineIds: moving.map(({ id }) => id) })
    await recordAct(tx, actor, {
      action: 'connector.movePipelines',
      subject: connectorSubject(name),
      before: { pipelines: moving.map((one) => ({ id: one.id, name: one.name, version: one.version })) },
      after: { version },
    })
    return { moved: moving.length }
  })
}
