import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Cable, Database, FileUp, FolderPlus, type LucideIcon, Plug, Workflow } from 'lucide-react'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { askFor } from '../navigation/dialog-requests.ts'
import { appText } from '../strings/app.ts'
import { toastFailed } from '../ui/toaster.tsx'

/** Something that can be created; its letter chooses it in the open menu. */
export interface CreateChoice {
  readonly label: string
  readonly icon: LucideIcon
  readonly letter: string
  readonly create: () => void
}

/** What this person may create. */
export function useCreateChoices(): readonly CreateChoice[] {
  const may = useMay()
  const navigate = useNavigate()
  const pipeline = useMutation(
    api.pipelines.create.mutationOptions({
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries({ queryKey: api.pipelines.list.queryKey() })
        void navigate({ to: '/pipelines/$id/edit', params: { id } })
      },
      onError: (error) => toastFailed(sentenceOf(error)),
    }),
  )
  const text = appText.createMenu
  const choices: readonly (CreateChoice & { readonly procedure: string })[] = [
    {
      label: text.pipeline,
      icon: Workflow,
      letter: 'I',
      procedure: 'pipelines.create',
      create: () => pipeline.mutate({ name: appText.untitled }),
    },
    {
      label: text.connection,
      icon: Plug,
      letter: 'C',
      procedure: 'connections.createSource',
      create: () => askFor({ type: 'connect', kind: 'source' }),
    },
    {
      label: text.destination,
      icon: Database,
      letter: 'D',
      procedure: 'connections.createDestination',
      create: () => askFor({ type: 'connect', kind: 'destination' }),
    },
    {
      label: text.import,
      icon: FileUp,
      letter: 'F',
      procedure: 'pipelines.import',
      create: () => askFor({ type: 'import' }),
    },
    {
      label: text.project,
      icon: FolderPlus,
      letter: 'P',
      procedure: 'projects.create',
      create: () => askFor({ type: 'project' }),
    },
    {
      label: text.manifest,
      icon: Cable,
      letter: 'M',
      procedure: 'connectors.check',
      create: () => void navigate({ to: '/connectors/$name', params: { name: 'new' } }),
    },
  ]
  return choices.filter(({ procedure }) => may(procedure))
}
