import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Run } from '../api/answers.ts'
import { api } from '../api/client.ts'
import type { Flow } from '../editor/canvas/flow.ts'
import { liveFlow, type LiveStates, runFlow } from '../editor/canvas/live-flow.ts'
import { readCatalogue } from '../editor/data/read-catalogue.ts'
import { readConnections } from '../editor/data/read-connections.ts'
import { readDraft } from '../editor/document/read-draft.ts'

/** The pipeline as a run ran it, with the state of each step: another flow only when a state is another. Undefined until it is known. */
export function useRunFlow(run: Run): Flow | undefined {
  const version = useQuery(
    api.pipelines.version.queryOptions({ id: run.pipelineId, version: run.version }, { staleTime: Infinity }),
  )
  const read = useMemo(() => (version.data ? readDraft(version.data.document) : undefined), [version.data])
  const document = read && 'document' in read ? read.document : undefined
  const connections = useQuery(api.connections.list.queryOptions({}, { staleTime: 60_000 }))
  const name = document?.source?.connector
  const connector = useQuery(
    api.connectors.get.queryOptions(
      { name: name ?? '' },
      { enabled: name !== undefined, staleTime: Infinity },
    ),
  )
  const { isLoading } = connector
  const flow = useMemo(() => {
    // Without what the connector says of its objects, the picture would be another one a moment later.
    if (!document || isLoading) return undefined
    return runFlow(document, {
      ...(connector.data ? { catalogue: readCatalogue(connector.data, []) } : {}),
      ...(connections.data || connections.isError
        ? { connections: readConnections(connections.data ?? []) }
        : {}),
    })
  }, [document, isLoading, connector.data, connections.data, connections.isError])
  const states = useSameStates(run)
  return useMemo(() => flow && liveFlow(flow, states), [flow, states])
}

/** The states of a run's objects, the very same as long as none is another. */
function useSameStates(run: Run): LiveStates {
  const now = statesOf(run)
  const [kept, keep] = useState(now)
  const objects = Object.entries(now.objects)
  const same =
    now.whole === kept.whole &&
    objects.length === Object.keys(kept.objects).length &&
    objects.every(([object, state]) => kept.objects[object] === state)
  if (!same) keep(now)
  return same ? kept : now
}

function statesOf({ state, objects, only }: Run): LiveStates {
  return {
    whole: wholeStates[state],
    only,
    objects: Object.fromEntries(objects.map((object) => [object.object, object.state])),
  }
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
