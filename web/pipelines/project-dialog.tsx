import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { toastDone } from '../ui/toaster.tsx'

/** Makes a project. */
export function ProjectDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [name, setName] = useState('')
  const create = useMutation(
    api.projects.create.mutationOptions({
      onSuccess: async () => {
        toastDone(pipelinesText.projectMade(name))
        onClose()
        await queryClient.invalidateQueries({ queryKey: api.projects.list.queryKey() })
      },
    }),
  )
  return (
    <FormDialog
      title={pipelinesText.projectTitle}
      description={pipelinesText.projectHint}
      action={pipelinesText.projectAction}
      busy={create.isPending}
      error={create.isError ? sentenceOf(create.error) : undefined}
      onClose={onClose}
      onSubmit={() => create.mutate({ name: name.trim() })}
    >
      <TextField label={pipelinesText.projectName} required value={name} onChange={setName} />
    </FormDialog>
  )
}
