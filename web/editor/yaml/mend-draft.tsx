import { useMutation } from '@tanstack/react-query'
import { Save } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { apiClient, sentenceOf } from '../../api/client.ts'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorBanner } from '../../ui/error-banner.tsx'
import { Field } from '../../ui/field.tsx'
import { TextArea } from '../../ui/input.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import type { PipelineAnswer } from '../data/use-editor-data.ts'
import { readYaml, writeYaml } from './yaml-document.ts'
import type { ReadYaml } from './yaml-document.ts'

interface MendDraftProps {
  readonly pipeline: PipelineAnswer
  readonly readOnly: boolean
  readonly onMended: () => void
}

/** A stored draft that no canvas can show, as after an import: its text, what is wrong with it and where, and a way to mend it. */
export function MendDraft({ pipeline, readOnly, onMended }: MendDraftProps): ReactNode {
  const { id, name, revision, draft, layout } = pipeline
  const [text, setText] = useState(() => writeYaml(draft))
  const read = useMemo(() => readYaml(text), [text])
  const save = useMutation({
    mutationFn: async () => {
      if ('problems' in read) return
      await apiClient.pipelines.saveDraft.mutate({
        id,
        baseRevision: revision,
        document: { ...read.document },
        layout,
      })
    },
    onSuccess: onMended,
  })
  return (
    <Page title={name} description={words.unreadable}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        {save.isError && <ErrorBanner message={sentenceOf(save.error)} />}
        <Verdict read={read} />
        <Field label={words.yamlEditor}>
          {(control) => (
            <TextArea
              {...control}
              rows={20}
              spellCheck={false}
              readOnly={readOnly}
              className="font-mono text-xs"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        {!readOnly && (
          <Button
            type="submit"
            look="primary"
            icon={Save}
            busy={save.isPending}
            disabled={'problems' in read}
            className="self-start"
          >
            {words.saveAndOpen}
          </Button>
        )}
      </form>
    </Page>
  )
}

/** What stands in the way of the editor, line by line. */
function Verdict({ read }: { readonly read: ReadYaml }): ReactNode {
  return (
    <div aria-live="polite">
      {'problems' in read ? (
        <Notice tone="warn" title={words.cannotShow(read.problems.length)}>
          <ul className="mt-1 list-disc pl-4">
            {read.problems.map(({ line, message, from }) => (
              <li key={`${from} ${message}`}>{words.yamlProblem(line, message)}</li>
            ))}
          </ul>
        </Notice>
      ) : (
        <Notice tone="ok">{words.canShow}</Notice>
      )}
    </div>
  )
}
