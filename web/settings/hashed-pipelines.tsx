import type { ReactNode } from 'react'
import type { Answers } from '../api/answers.ts'
import { api, apiClient } from '../api/client.ts'
import { settingsText } from '../strings/settings.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { useChange } from './use-change.ts'
import { PipelineLink } from '../navigation/pipeline-link.tsx'

const text = settingsText.hashKey

interface HashedPipelinesProps {
  readonly pipelines: Answers['settings']['hashing']
  /** Of the key in use; undefined while it is not known. */
  readonly version: number | undefined
}

/** Which tables hold tokens, and which of them hold tokens of an older key: those can be synced anew from here. */
export function HashedPipelines({ pipelines, version }: HashedPipelinesProps): ReactNode {
  if (pipelines.length === 0) return <p className="text-muted">{text.nothingHashed}</p>
  return (
    <ul className="divide-y rounded-lg border">
      {pipelines.map((pipeline) => (
        <HashedPipelineLine key={pipeline.pipelineId} pipeline={pipeline} version={version} />
      ))}
    </ul>
  )
}

interface HashedPipelineLineProps {
  readonly pipeline: HashedPipelinesProps['pipelines'][number]
  readonly version: number | undefined
}

function HashedPipelineLine({ pipeline, version }: HashedPipelineLineProps): ReactNode {
  const { pipelineId, name, objects } = pipeline
  const older = objects.filter((one) => one.older).map(({ object }) => object)
  const resync = useChange({
    change: () => apiClient.runs.resync.mutate({ pipelineId, objects: older }),
    stale: api.settings.pathKey(),
    done: text.resyncStarted(name),
  })
  return (
    <li className="px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1 font-medium">
          <PipelineLink id={pipelineId} name={name} />
        </div>
        {older.length > 0 && (
          <Button size="small" busy={resync.isPending} onClick={() => resync.mutate(undefined)}>
            {text.resync(older.length)}
          </Button>
        )}
      </div>
      <ul className="mt-1 space-y-1">
        {objects.map(({ object, fields, older: isOlder }) => (
          <li key={object} className="gap-x-4 sm:grid sm:grid-cols-[minmax(9rem,2fr)_5fr]">
            <span className="flex flex-wrap items-center gap-x-2 self-start">
              <span className="min-w-0 font-mono text-xs wrap-anywhere">{object}</span>
              {version !== undefined && version > 1 && (
                <Badge tone={isOlder ? 'warn' : 'ok'}>{isOlder ? text.older : text.onlyNew(version)}</Badge>
              )}
            </span>
            <span className="text-muted min-w-0 text-xs break-words">{fields.join(', ')}</span>
          </li>
        ))}
      </ul>
    </li>
  )
}
