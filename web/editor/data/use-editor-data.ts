import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Answers } from '../../api/answers.ts'
import { api } from '../../api/client.ts'
import type { Catalogue, SavedConnection } from '../document/catalogue.ts'
import { readCatalogue } from './read-catalogue.ts'
import { readConnections } from './read-connections.ts'
import type { EditorSurroundings } from '../state/editor-context.ts'

export type PipelineAnswer = Answers['pipelines']['get']

/** What the server knows around an open document. Undefined parts are still on their way. */
export interface EditorData {
  readonly connections: readonly SavedConnection[] | undefined
  readonly catalogues: ReadonlyMap<string, Catalogue>
  readonly connectors: EditorSurroundings['connectors']
}

/** Loads connections, and the catalogue of every connector that one of them is for, so that a source begins with its recommended objects. */
export function useEditorData(pipeline: PipelineAnswer): EditorData {
  const forms = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 300_000 }))
  const saved = useQuery(api.connections.list.queryOptions({}))
  const connections = useMemo(() => (saved.data ? readConnections(saved.data) : undefined), [saved.data])
  const drawn = pipeline.source?.connector
  const names = useMemo(() => {
    const ofSources = (connections ?? []).filter(({ side }) => side === 'source').map(({ kind }) => kind)
    return new Set(drawn === undefined ? ofSources : [...ofSources, drawn])
  }, [connections, drawn])
  const answers = useQueries({
    queries: [...names].map((name) => api.connectors.get.queryOptions({ name }, { staleTime: 300_000 })),
    combine: dataOf,
  })
  const discovered = pipeline.discoveredFields
  const catalogues = useMemo(
    () => new Map(answers.map((answer) => [answer.name, readCatalogue(answer, discovered)])),
    [answers, discovered],
  )
  const connectors = useMemo(
    () => (forms.data ?? []).map(({ kind, name, title }) => ({ side: kind, kind: name, title })),
    [forms.data],
  )
  return useMemo(() => ({ connections, catalogues, connectors }), [connections, catalogues, connectors])
}

function dataOf<T>(results: readonly { readonly data: T | undefined }[]): readonly T[] {
  return results.flatMap(({ data }) => (data === undefined ? [] : [data]))
}
