import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ConnectorVersion } from '../api/answers.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { toastDone } from '../ui/toaster.tsx'
import { PipelineLink } from '../navigation/pipeline-link.tsx'

interface VersionReadersProps {
  readonly name: string
  readonly version: number
}

/** The pipelines whose runs read with a version, and for an admin those that could be moved to it. */
export function VersionReaders({ name, version }: VersionReadersProps): ReactNode {
  const mayMove = useMay()('connectors.movePipelines')
  const { data = [] } = useQuery(api.connectors.versions.queryOptions({ name }))
  const readers = data.find((one) => one.version === version)?.pipelines ?? []
  const others = data.filter((one) => one.version !== version && one.pipelines.length > 0)
  return (
    <div className="space-y-3">
      <section>
        <h3 className="mb-1 font-semibold">{words.readers(version)}</h3>
        {readers.length === 0 && <p className="text-muted">{words.noReaders}</p>}
        <ul className="flex flex-wrap gap-x-3 gap-y-1">
          {readers.map(({ id, name: pipeline }) => (
            <li key={id}>
              <PipelineLink id={id} name={pipeline} />
            </li>
          ))}
        </ul>
      </section>
      {mayMove && others.length > 0 && <MovePipelines name={name} version={version} others={others} />}
    </div>
  )
}

interface MovePipelinesProps extends VersionReadersProps {
  readonly others: readonly ConnectorVersion[]
}

function MovePipelines({ name, version, others }: MovePipelinesProps): ReactNode {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [accepted, setAccepted] = useState(false)
  const moving = useMutation({
    mutationFn: () =>
      apiClient.connectors.movePipelines.mutate({
        name,
        version,
        pipelineIds: [...chosen],
        ...(accepted ? { acceptIncompatible: true } : {}),
      }),
    onSuccess: ({ moved }) => {
      setChosen([])
      setAccepted(false)
      toastDone(words.moved(moved, version))
      void queryClient.invalidateQueries({ queryKey: api.connectors.pathKey() })
      void queryClient.invalidateQueries({ queryKey: api.pipelines.pathKey() })
    },
  })
  const choose = (id: string, take: boolean): void =>
    setChosen(take ? [...chosen, id] : chosen.filter((other) => other !== id))
  return (
    <details>
      <summary className="min-h-6 font-semibold">{words.movePipelines(version)}</summary>
      <div className="space-y-2 pt-2">
        <p className="text-muted">{words.moveHint}</p>
        {moving.isError && <ErrorBanner message={sentenceOf(moving.error)} />}
        <ul className="space-y-1">
          {others.flatMap((one) =>
            one.pipelines.map(({ id, name: pipeline }) => (
              <li key={id}>
                <Checkbox
                  label={pipeline}
                  hint={words.readsWith(one.version)}
                  checked={chosen.includes(id)}
                  onChange={(take) => choose(id, take)}
                />
              </li>
            )),
          )}
        </ul>
        {moving.isError && <Checkbox label={words.moveAccepted} checked={accepted} onChange={setAccepted} />}
        <Button disabled={chosen.length === 0} busy={moving.isPending} onClick={() => moving.mutate()}>
          {words.movePipelines(version)}
        </Button>
      </div>
    </details>
  )
}
