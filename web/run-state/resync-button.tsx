import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { RefreshCw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { api, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { runsText } from '../strings/runs.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { toastDone, toastFailed } from '../ui/toaster.tsx'

interface ResyncButtonProps {
  readonly pipelineId: string
  readonly object: string
  /** What the button says where the object is not named beside it. */
  readonly label?: string
}

/** Asks, reads an object from its start, and leads to the run that does; nothing for whoever may not. */
export function ResyncButton({ pipelineId, object, label = runsText.resync }: ResyncButtonProps): ReactNode {
  const may = useMay()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const resync = useMutation(
    api.runs.resync.mutationOptions({
      onSuccess: async ({ runId }) => {
        setAsking(false)
        toastDone(runsText.resyncStarted)
        await navigate({ to: '/pipelines/$id/runs/$run', params: { id: pipelineId, run: runId } })
      },
      onError: (error) => {
        setAsking(false)
        toastFailed(sentenceOf(error))
      },
    }),
  )
  if (!may('runs.resync')) return null
  return (
    <>
      <Button size="small" icon={RefreshCw} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={runsText.resyncTitle(object)}
        action={runsText.resync}
        busy={resync.isPending}
        onConfirm={() => resync.mutate({ pipelineId, objects: [object] })}
      >
        <p>{runsText.resyncText}</p>
      </ConfirmDialog>
    </>
  )
}
