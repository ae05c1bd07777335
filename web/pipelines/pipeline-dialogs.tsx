import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { PipelineSummary } from '../api/answers.ts'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { uiText } from '../strings/ui.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { toastDone, toastFailed } from '../ui/toaster.tsx'
import { MoveDialog } from './move-dialog.tsx'

export type PipelineQuestion = 'rename' | 'move' | 'remove'

interface PipelineDialogsProps {
  readonly question: PipelineQuestion
  readonly pipeline: PipelineSummary
  readonly onClose: () => void
}

/** The question that the pipeline's menu asks. */
export function PipelineDialogs({ question, pipeline, onClose }: PipelineDialogsProps): ReactNode {
  switch (question) {
    case 'rename':
      return <RenameDialog pipeline={pipeline} onClose={onClose} />
    case 'move':
      return <MoveDialog pipelines={[pipeline]} onClose={onClose} />
    case 'remove':
      return <RemoveDialog pipeline={pipeline} onClose={onClose} />
  }
}

type DialogProps = Omit<PipelineDialogsProps, 'question'>

function RenameDialog({ pipeline, onClose }: DialogProps): ReactNode {
  const [name, setName] = useState(pipeline.name)
  const rename = useMutation(api.pipelines.rename.mutationOptions({ onSuccess: () => finish(onClose) }))
  return (
    <FormDialog
      title={pipelinesText.rename}
      action={uiText.save}
      busy={rename.isPending}
      error={rename.isError ? sentenceOf(rename.error) : undefined}
      onClose={onClose}
      onSubmit={() => rename.mutate({ id: pipeline.id, name: name.trim() })}
    >
      <TextField label={pipelinesText.newName} required value={name} onChange={setName} />
    </FormDialog>
  )
}

function RemoveDialog({ pipeline, onClose }: DialogProps): ReactNode {
  const remove = useMutation(
    api.pipelines.remove.mutationOptions({
      onSuccess: async () => {
        toastDone(pipelinesText.removed(pipeline.name))
        await finish(onClose)
      },
      onError: (error) => toastFailed(sentenceOf(error)),
    }),
  )
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={pipelinesText.removeTitle(pipeline.name)}
      action={pipelinesText.removeAction}
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ id: pipeline.id })}
    >
      <p>{pipelinesText.removeText}</p>
    </ConfirmDialog>
  )
}

async function finish(close: () => void): Promise<void> {
  close()
  await queryClient.invalidateQueries({ queryKey: api.pipelines.list.queryKey() })
}
