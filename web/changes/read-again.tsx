import type { ReactNode } from 'react'
import type { SchemaChange } from '../api/answers.ts'
import { ResyncButton } from '../run-state/resync-button.tsx'
import { changesText } from '../strings/changes.ts'
import { Notice } from '../ui/notice.tsx'

/** Whether records were rejected while nobody had decided, which a decision alone does not bring back. */
export function hasRejected({ kind, policy }: SchemaChange): boolean {
  return kind === 'type_changed' && policy === 'block'
}

/** After decisions: the way to the records that were rejected until then, once for each object. */
export function ReadAgainNotice({ decided }: { readonly decided: readonly SchemaChange[] }): ReactNode {
  const objects = new Map(
    decided.filter(hasRejected).map((change) => [`${change.pipelineId} ${change.object}`, change]),
  )
  return [...objects].map(([key, change]) => (
    <div key={key} className="mb-3">
      <Notice tone="info" actions={<ReadAgain change={change} />}>
        {changesText.rejectedBefore(change.object, change.pipelineName)}
      </Notice>
    </div>
  ))
}

/** Reads the object of a change again from its start. */
export function ReadAgain({ change }: { readonly change: SchemaChange }): ReactNode {
  const { pipelineId, object } = change
  return <ResyncButton pipelineId={pipelineId} object={object} label={changesText.readAgain(object)} />
}
