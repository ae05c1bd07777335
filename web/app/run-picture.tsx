import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import type { Run, RunObject } from '../api/answers.ts'
import { api } from '../api/client.ts'
import { type LiveObject, liveFlow } from '../editor/canvas/live-flow.ts'
import { RunCanvas } from '../editor/canvas/run-canvas.tsx'
import { readCatalogue } from '../editor/data/read-catalogue.ts'
import { readConnections } from '../editor/data/read-connections.ts'
import { readDraft } from '../editor/document/read-draft.ts'
import { runsText } from '../strings/runs.ts'
import { count } from '../ui/count.ts'
import { useSlowly } from './use-slowly.ts'

const route = getRouteApi('/frame/pipelines/$id/runs/$run')
const source = 'object:'

/** The pipeline as the run ran it, with what is happening at each object. It comes after the table, which is the truth. */
export function RunPicture({ run }: { readonly run: Run }): ReactNode {
  const { object } = route.useSearch()
  const navigate = route.useNavigate()
  const flow = useRunFlow(useSlowly(run, 500))
  if (!flow) return null
  const show = (step: string): void => {
    if (!step.startsWith(source)) return
    void navigate({
      search: (old) => ({ ...old, object: step.slice(source.length) }),
      replace: true,
      resetScroll: false,
    })
  }
  return (
    <section
      aria-label={runsText.picture}
      className="bg-surface h-96 overflow-hidden rounded-lg border max-sm:hidden"
    >
      <RunCanvas
        flow={flow}
        current={object === undefined ? undefined : `${source}${object}`}
        onChoose={show}
      />
    </section>
  )
}

function useRunFlow(run: Run) {
  const version = useQuery(
    api.pipelines.version.queryOptions({ id: run.pipelineId, version: run.version }, { staleTime: Infinity }),
  )
  const read = useMemo(() => (version.data ? readDraft(version.data.document) : undefined), [version.data])
  const document = read && 'document' in read ? read.document : undefined
  const connectors = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  const connections = useQuery(api.connections.list.queryOptions({}, { staleTime: 60_000 }))
  const name = document?.source?.connector
  const connector = useQuery(
    api.connectors.get.queryOptions(
      { name: name ?? '' },
      { enabled: name !== undefined, staleTime: Infinity },
    ),
  )
  return useMemo(() => {
    if (!document) return undefined
    return liveFlow(document, {
      objects: Object.fromEntries(run.objects.map((object) => [object.object, liveObject(object)])),
      whole: { state: wholeStates[run.state], word: runsText.states[run.state] },
      ...(connector.data ? { catalogue: readCatalogue(connector.data, []) } : {}),
      ...(connections.data && connectors.data ? { connections: readConnections(connections.data) } : {}),
    })
  }, [document, run, connector.data, connections.data, connectors.data])
}

function liveObject({ state, extracted, loaded }: RunObject): LiveObject {
  return { state, word: runsText.liveWord(count(extracted), count(loaded)) }
}

/** A whole run in the words of an object's states. */
const wholeStates = {
  queued: 'queued',
  running: 'extracting',
  succeeded: 'done',
  partial: 'warning',
  failed: 'failed',
  cancelled: 'cancelled',
} as const
