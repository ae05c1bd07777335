import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { type AppActs, PipelineEditor } from '../editor/pipeline-editor.tsx'
import { askFor } from '../navigation/dialog-requests.ts'

const route = getRouteApi('/frame/pipelines/$id/edit')

/** The page of the editor, with what it asks of the rest of the app. */
export function EditorScreen(): ReactNode {
  const { id } = route.useParams()
  const { preview } = route.useSearch()
  const navigate = useNavigate()
  const acts = useMemo(
    (): AppActs => ({
      onConnect: (side, kind, done) =>
        askFor({
          type: 'connect',
          kind: side,
          onConnected: done,
          ...(kind === undefined ? {} : { connector: kind }),
        }),
      onOpenRun: (pipeline, run) =>
        void navigate({ to: '/pipelines/$id/runs/$run', params: { id: pipeline, run } }),
      onOpenPipeline: (pipeline) => void navigate({ to: '/pipelines/$id/edit', params: { id: pipeline } }),
    }),
    [navigate],
  )
  return <PipelineEditor key={id} id={id} preview={preview} acts={acts} />
}
