import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { type AppActs, PipelineEditor } from '../editor/pipeline-editor.tsx'
import { askFor } from '../navigation/dialog-requests.ts'

const route = getRouteApi('/frame/pipelines/$id/edit')

/** The page of the editor, with what it asks of the rest of the app. */
export function EditorScreen(): ReactNode {
  const { id } = route.useParams()
  const { preview, ...place } = route.useSearch()
  const navigate = useNavigate()
  const router = useRouter()
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
      onPlace: (pipeline, search) => {
        const to = '/pipelines/$id/edit'
        const { pathname } = router.buildLocation({ to, params: { id: pipeline } })
        // Whoever is on the way to somewhere else is not called back.
        if (router.latestLocation.pathname === pathname)
          void navigate({ to, params: { id: pipeline }, search, replace: true, resetScroll: false })
      },
    }),
    [navigate, router],
  )
  return <PipelineEditor key={id} {...{ id, preview, place, acts }} />
}
