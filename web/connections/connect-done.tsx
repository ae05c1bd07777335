import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Connection } from '../api/answers.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { appText } from '../strings/app.ts'
import { connectionsText } from '../strings/connections.ts'
import { Button } from '../ui/button.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Notice } from '../ui/notice.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { toastFailed } from '../ui/toaster.tsx'
import { CheckView } from './check-view.tsx'

interface ConnectDoneProps {
  readonly connection: Connection
  /** Whether it leads on to a pipeline: not where somebody is drawing one already. */
  readonly leadsOn: boolean
  readonly onClose: () => void
}

/** The end of connecting: whose account it is, and what works. */
export function ConnectDone({ connection, leadsOn, onClose }: ConnectDoneProps): ReactNode {
  const { account, name, regionTitle } = connection
  const first = useFirstTest(connection)
  const check = connection.check ?? first.data
  return (
    <div ref={showTop} className="scroll-mt-4 space-y-4">
      <Notice tone="ok" title={connectionsText.doneAs(account?.name ?? name)}>
        {regionTitle}
      </Notice>
      {first.isFetching && (
        <div className="space-y-2">
          <p className="text-muted">{connectionsText.testingObjects}</p>
          <SkeletonRows rows={4} />
        </div>
      )}
      {first.isError && (
        <ErrorBanner message={sentenceOf(first.error)} onRetry={() => void first.refetch()} />
      )}
      {check && <CheckView check={check} />}
      <div className="bg-surface sticky -bottom-4 -mx-5 -mb-4 flex justify-end gap-2 border-t px-5 py-3 sm:rounded-b-xl">
        {leadsOn && <BuildPipeline connection={connection} onClose={onClose} />}
        <Button look="primary" autoFocus onClick={onClose}>
          {connectionsText.done}
        </Button>
      </div>
    </div>
  )
}

/** A new draft that reads this connection, opened in the editor. */
function BuildPipeline({ connection, onClose }: Omit<ConnectDoneProps, 'leadsOn'>): ReactNode {
  const may = useMay()
  const navigate = useNavigate()
  const create = useMutation(
    api.pipelines.create.mutationOptions({
      onSuccess: async ({ id }) => {
        onClose()
        void queryClient.invalidateQueries({ queryKey: api.pipelines.list.queryKey() })
        await navigate({ to: '/pipelines/$id/edit', params: { id } })
      },
      onError: (error) => toastFailed(sentenceOf(error)),
    }),
  )
  if (!may('pipelines.create')) return null
  const name = appText.untitled
  const source = { connector: connection.connector, connection: connection.id }
  return (
    <Button
      busy={create.isPending}
      onClick={() => create.mutate({ name, document: { name, source, objects: {} } })}
    >
      {connectionsText.buildPipeline}
    </Button>
  )
}

/** A sign-in brings a token that nobody has tried yet: it is tried once, object by object, while its end is shown. */
function useFirstTest({ id, check }: Connection) {
  return useQuery({
    queryKey: ['first test', id],
    queryFn: async () => {
      const result = await apiClient.connections.test.mutate({ id })
      void queryClient.invalidateQueries({ queryKey: api.connections.pathKey() })
      return result
    },
    enabled: !check,
    staleTime: Infinity,
    retry: false,
  })
}

/** The form before it may have been scrolled to its end, and what came of it begins at the top. */
function showTop(done: HTMLElement | null): void {
  done?.scrollIntoView({ block: 'start' })
}
