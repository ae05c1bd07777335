import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { api, queryClient, sentenceOf } from '../api/client.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { TextArea } from '../ui/input.tsx'
import { toastDone } from '../ui/toaster.tsx'

/** Makes a draft of a pipeline document that is in a file, or pasted. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const take = useMutation(
    api.pipelines.import.mutationOptions({
      onSuccess: async ({ id, problems }) => {
        toastDone(
          problems.length === 0 ? pipelinesText.imported : pipelinesText.importProblems(problems.length),
        )
        onClose()
        await queryClient.invalidateQueries({ queryKey: api.pipelines.list.queryKey() })
        await navigate({ to: '/pipelines/$id/edit', params: { id } })
      },
    }),
  )
  return (
    <FormDialog
      width="normal"
      title={pipelinesText.importTitle}
      description={pipelinesText.importHint}
      action={pipelinesText.importAction}
      busy={take.isPending}
      disabled={text.trim() === ''}
      error={take.isError ? sentenceOf(take.error) : undefined}
      onClose={onClose}
      onSubmit={() => take.mutate({ yaml: text })}
    >
      <Field label={pipelinesText.importChoose}>
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".yaml,.yml,.json"
            className="file:bg-surface file:border-control file:mr-3 file:h-8 file:rounded-md file:border file:px-3 block w-full"
            onChange={(event) => {
              const [file] = event.target.files ?? []
              if (file) void file.text().then(setText)
            }}
          />
        )}
      </Field>
      <Field label={pipelinesText.importPaste}>
        {(control) => (
          <TextArea
            {...control}
            rows={10}
            spellCheck={false}
            className="font-mono text-xs"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}
