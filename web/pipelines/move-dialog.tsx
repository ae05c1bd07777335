import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { PipelineSummary } from '../api/answers.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { uiText } from '../strings/ui.ts'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Select } from '../ui/select.tsx'
import { toastDone } from '../ui/toaster.tsx'

interface MoveDialogProps {
  readonly pipelines: readonly PipelineSummary[]
  readonly onClose: () => void
}

/** Asks for the project that pipelines move to; none is a choice, too. */
export function MoveDialog({ pipelines, onClose }: MoveDialogProps): ReactNode {
  const [first] = pipelines
  const [projectId, setProjectId] = useState(first?.projectId ?? '')
  const projects = useQuery(api.projects.list.queryOptions())
  const move = useMutation({
    mutationFn: () =>
      Promise.all(
        pipelines.map(({ id }) =>
          apiClient.projects.move.mutate({ subjectType: 'pipeline', id, projectId: projectId || null }),
        ),
      ),
    onSuccess: () => {
      toastDone(pipelinesText.moved(pipelines.length === 1 && first ? first.name : pipelines.length))
      onClose()
    },
    // Some may have moved although one was refused.
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.pipelines.list.queryKey() }),
  })
  const options = projects.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
  return (
    <FormDialog
      title={pipelinesText.moveTo}
      action={uiText.save}
      busy={move.isPending}
      error={move.isError ? sentenceOf(move.error) : undefined}
      onClose={onClose}
      onSubmit={() => move.mutate()}
    >
      <Field label={pipelinesText.project}>
        {(control) => (
          <Select
            {...control}
            value={projectId}
            options={[{ value: '', label: pipelinesText.noProject }, ...options]}
            onChange={setProjectId}
          />
        )}
      </Field>
    </FormDialog>
  )
}
