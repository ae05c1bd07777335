import type { ReactNode } from 'react'
import type { Connection } from '../api/answers.ts'
import { connectionsText } from '../strings/connections.ts'
import { Name } from '../ui/name.tsx'

/** So many are named: a question must not grow out of the window. */
const mostNamed = 12

/** The pipelines that pause when all data of their connection is deleted; nothing where there are none. */
export function PausedPipelines({ pipelines }: { readonly pipelines: Connection['usedBy'] }): ReactNode {
  if (pipelines.length === 0) return null
  const named = pipelines.length > mostNamed + 1 ? pipelines.slice(0, mostNamed) : pipelines
  return (
    <>
      <p>{connectionsText.wipePauses}</p>
      <ul className="list-disc pl-5">
        {named.map(({ pipelineId, name }) => (
          <li key={pipelineId}>
            <Name>{name}</Name>
          </li>
        ))}
        {named.length < pipelines.length && (
          <li>{connectionsText.wipePausesMore(pipelines.length - named.length)}</li>
        )}
      </ul>
    </>
  )
}
