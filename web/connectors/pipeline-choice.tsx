import type { ReactNode } from 'react'
import type { ConnectorReview } from '../api/answers.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { Badge } from '../ui/badge.tsx'
import { Checkbox } from '../ui/checkbox.tsx'

type PipelineOfConnector = ConnectorReview['pipelines'][number]

interface PipelineChoiceProps {
  readonly pipelines: readonly PipelineOfConnector[]
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}

/** Which pipelines' runs read with another version from now on. Those that were never published have nothing to keep. */
export function PipelineChoice({ pipelines, chosen, onChange }: PipelineChoiceProps): ReactNode {
  if (pipelines.length === 0) return null
  const choose = (id: string, take: boolean): void => {
    const next = new Set(chosen)
    if (take) next.add(id)
    else next.delete(id)
    onChange(next)
  }
  return (
    <>
      <ul className="space-y-1">
        {pipelines.map(({ id, name, version, breaks }) => (
          <li key={id}>
            <Checkbox
              label={name}
              hint={
                <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
                  {version === null ? words.followsAlways : words.readsWith(version)}
                  {breaks && <Badge tone="warn">{words.pipelineBreaks}</Badge>}
                </span>
              }
              checked={version === null || chosen.has(id)}
              disabled={version === null}
              onChange={(take) => choose(id, take)}
            />
          </li>
        ))}
      </ul>
      <p className="text-muted mt-1.5">{words.othersStay}</p>
    </>
  )
}

/** Those that nothing breaks for go along; a person chooses the others. */
export function suggestPipelines(pipelines: readonly PipelineOfConnector[]): ReadonlySet<string> {
  return new Set(pipelines.filter(({ version, breaks }) => version !== null && !breaks).map(({ id }) => id))
}
