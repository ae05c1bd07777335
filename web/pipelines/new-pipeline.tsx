import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { appText } from '../strings/app.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { Button } from '../ui/button.tsx'
import { toastFailed } from '../ui/toaster.tsx'

/** Makes a blank pipeline. Only on a phone, which has no Create menu beside the page. */
export function NewPipeline(): ReactNode {
  const navigate = useNavigate()
  const create = useMutation(
    api.pipelines.create.mutationOptions({
      onSuccess: async ({ id }) => {
        void queryClient.invalidateQueries({ queryKey: api.pipelines.list.queryKey() })
        await navigate({ to: '/pipelines/$id/edit', params: { id } })
      },
      onError: (error) => toastFailed(sentenceOf(error)),
    }),
  )
  return (
    <Button
      look="primary"
      icon={Plus}
      className="sm:hidden"
      busy={create.isPending}
      onClick={() => create.mutate({ name: appText.untitled })}
    >
      {pipelinesText.newPipeline}
    </Button>
  )
}
