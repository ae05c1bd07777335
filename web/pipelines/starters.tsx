import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FlaskConical, type LucideIcon, ShieldCheck, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { appText } from '../strings/app.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { uiText } from '../strings/ui.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { NoPermission } from '../ui/error-banner.tsx'
import { toastFailed } from '../ui/toaster.tsx'
import { protectedDocument } from './protected-document.ts'

const text = pipelinesText.starters

/** Where there is no pipeline yet: three ways to the first one, the sandbox first. */
export function Starters(): ReactNode {
  const may = useMay()
  const offer = useQuery(api.sandbox.offer.queryOptions())
  const { sandbox, create, protect } = useStarters()
  if (!may('pipelines.create')) return <NoPermission message={uiText.noPermissionToSee} />
  return (
    <section aria-labelledby="starters" className="mx-auto max-w-4xl py-6">
      <h2 id="starters" className="text-lg font-semibold">
        {pipelinesText.firstTitle}
      </h2>
      <p className="text-muted mb-5 max-w-2xl">{pipelinesText.firstHint}</p>
      <div className="grid gap-3 md:grid-cols-3">
        {offer.data?.available !== false && (
          <Starter
            icon={FlaskConical}
            title={text.sandbox}
            hint={text.sandboxHint}
            action={text.sandboxAction}
            recommended
            busy={sandbox.isPending}
            onStart={() => sandbox.mutate()}
          />
        )}
        <Starter
          icon={ShieldCheck}
          title={text.support}
          hint={text.supportHint}
          action={text.supportAction}
          busy={protect.isPending}
          onStart={() => protect.mutate()}
        />
        <Starter
          icon={Workflow}
          title={text.blank}
          hint={text.blankHint}
          action={text.blankAction}
          busy={create.isPending}
          onStart={() => create.mutate({ name: appText.untitled })}
        />
      </div>
    </section>
  )
}

function useStarters() {
  const navigate = useNavigate()
  const onError = (error: unknown): void => toastFailed(sentenceOf(error))
  const edit = async ({ id }: { readonly id: string }): Promise<void> => {
    await queryClient.invalidateQueries({ queryKey: api.pipelines.list.queryKey() })
    await navigate({ to: '/pipelines/$id/edit', params: { id } })
  }
  const create = useMutation(api.pipelines.create.mutationOptions({ onSuccess: edit, onError }))
  const protect = useMutation({
    mutationFn: async () => {
      const connector = await queryClient.fetchQuery(api.connectors.get.queryOptions({ name: 'intercom' }))
      const document = protectedDocument(text.supportName, connector)
      return await apiClient.pipelines.create.mutate({ name: text.supportName, document })
    },
    onSuccess: edit,
    onError,
  })
  const sandbox = useMutation(
    api.sandbox.accept.mutationOptions({
      onSuccess: async ({ pipelineId, runId }) => {
        void queryClient.invalidateQueries()
        await navigate({ to: '/pipelines/$id/runs/$run', params: { id: pipelineId, run: runId } })
      },
      onError,
    }),
  )
  return { sandbox, create, protect }
}

interface StarterProps {
  readonly icon: LucideIcon
  readonly title: string
  readonly hint: string
  readonly action: string
  readonly recommended?: boolean
  readonly busy: boolean
  readonly onStart: () => void
}

function Starter({ icon: Icon, title, hint, action, recommended, busy, onStart }: StarterProps): ReactNode {
  return (
    <div className="bg-surface flex flex-col rounded-lg border p-4">
      <div className="mb-3 flex items-center justify-between">
        <span className="bg-accent-soft text-accent flex size-9 items-center justify-center rounded-lg">
          <Icon aria-hidden size={18} />
        </span>
        {recommended && <Badge tone="accent">{text.recommended}</Badge>}
      </div>
      <h3 className="font-semibold">{title}</h3>
      <p className="text-muted mt-1 mb-4 flex-1">{hint}</p>
      <Button look={recommended ? 'primary' : 'plain'} busy={busy} onClick={onStart}>
        {action}
      </Button>
    </div>
  )
}
