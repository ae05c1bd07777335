import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { api, detailsOf, queryClient, sentenceOf } from '../api/client.ts'
import { pipelinesText } from '../strings/pipelines.ts'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { TextArea } from '../ui/input.tsx'
import { toastDone } from '../ui/toaster.tsx'
import { TextExcerpt } from './text-excerpt.tsx'
import { placeIn, type TextPlace } from './text-place.ts'

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
  const failure = take.isError ? sentenceOf(take.error) : undefined
  const place = failure === undefined ? undefined : placeIn(text, detailsOf(take.error))
  const write = (next: string): void => {
    setText(next)
    take.reset()
  }
  return (
    <FormDialog
      width="normal"
      title={pipelinesText.importTitle}
      description={pipelinesText.importHint}
      action={pipelinesText.importAction}
      busy={take.isPending}
      error={place ? undefined : failure}
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
              if (file) void file.text().then(write)
            }}
          />
        )}
      </Field>
      <DocumentField text={text} place={place} fault={place && failure} onChange={write} />
      {place && <TextExcerpt place={place} />}
    </FormDialog>
  )
}

interface DocumentFieldProps {
  readonly text: string
  readonly place: TextPlace | undefined
  readonly fault: string | undefined
  readonly onChange: (text: string) => void
}

/** The document's text. It goes to the place of a mistake, and marks it, as soon as that is known. */
function DocumentField({ text, place, fault, onChange }: DocumentFieldProps): ReactNode {
  const area = useRef<HTMLTextAreaElement>(null)
  const offset = place?.offset
  useEffect(() => {
    if (offset === undefined) return
    area.current?.focus()
    area.current?.setSelectionRange(offset, offset + 1)
  }, [offset])
  return (
    <Field label={pipelinesText.importPaste} required error={fault}>
      {(control) => (
        <TextArea
          {...control}
          ref={area}
          required
          data-wrong={pipelinesText.importNothing}
          rows={10}
          spellCheck={false}
          className="font-mono text-xs"
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
