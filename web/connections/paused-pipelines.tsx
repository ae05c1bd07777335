import type { ReactNode } from 'react'
import type { Connection } from '../api/answers.ts'
import { connectionsText } from '../strings/connections.ts'

/** The pipelines that pause when all data of their connection is deleted; nothing where there are none. */
export function PausedPipelines({ pipelines }: { readonly pipelines: Connection['usedBy'] }): ReactNode {
  if (pipelines.length === 0) return null
  return (
    <>
      <p>{connectionsText.wipePauses}</p>
      <ul className="list-disc pl-5">
        {pipelines.map(({ pipelineId, name }) => (
          <li key={pipelineId}>{name}</li>
        ))}
      </ul>
    </>
  )
}
