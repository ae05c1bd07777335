import { useMutation, useQuery } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { useShortcut } from '../keyboard/use-shortcut.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Button } from '../ui/button.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Notice } from '../ui/notice.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { MissingFields } from './missing-fields.tsx'
import { Tried } from './tried.tsx'
import { readTyped, TypedConnection, type TypedSettings } from './typed-connection.tsx'
import type { WorkbenchState } from './use-workbench.ts'

interface TryTabProps {
  readonly name: string
  readonly bench: WorkbenchState
  /** It is in sight: its key works. */
  readonly shown: boolean
  /** Opens a file, to write at a line of it. */
  readonly onOpen: (file: string, line: number) => void
}

/** In place of a connection's id: one that is typed in here. */
const typedIn = 'typed'

/**
 * Tries the manifest as it is in the editor: checks a connection, reads ten records, shows what was asked. What another choice brought is
 * out of sight until that is chosen again.
 */
export function TryTab({ name, bench, shown, onOpen }: TryTabProps): ReactNode {
  const may = useMay()
  const connections = useQuery(api.connections.list.queryOptions({ kind: 'source' }))
  const form = bench.checked?.form ?? undefined
  const able = connections.data?.filter(({ connector }) => connector === (form?.name ?? name)) ?? []
  const objects = bench.checked?.objects.map(({ object }) => object) ?? []
  const [connection, setConnection] = useState('')
  const [object, setObject] = useState('')
  const [typed, setTyped] = useState<TypedSettings>({ region: undefined, settings: {} })
  const through =
    able.find(({ id }) => id === connection)?.id ?? (connection ? typedIn : able[0]?.id) ?? typedIn
  const chosen = objects.includes(object) ? object : objects[0]
  const typeable = form?.methods.includes('settings') ?? false
  const attempt = useAttempt(bench)
  const ready = through === typedIn ? form && typeable && readTyped(form, typed) : { connectionId: through }
  const what = ready && chosen ? { ...ready, object: chosen } : undefined
  const answers = JSON.stringify(attempt.variables) === JSON.stringify(what)
  const start = (): void => {
    if (what && !attempt.isPending) attempt.mutate(what)
  }
  const sheet = useRef<HTMLFormElement>(null)
  useShortcut('tryManifest', () => sheet.current?.requestSubmit(), shown)
  if (!may('connectors.try')) return <p className="text-muted p-4">{connectorsText.notAllowed}</p>
  // What is pressed before it is known what there is to choose from would be of something else.
  if (connections.isPending) return <SkeletonRows rows={6} />
  return (
    <Form ref={sheet} className="space-y-4 p-4" onSubmit={start}>
      <p className="text-muted">{connectorsText.tryHint}</p>
      <div className="flex flex-wrap items-end gap-2">
        {able.length > 0 && (
          <Choice
            label={connectorsText.tryConnection}
            value={through}
            options={[
              ...able.map(({ id, name: label }) => ({ value: id, label })),
              ...(typeable ? [{ value: typedIn, label: connectorsText.typedTitle }] : []),
            ]}
            onChange={setConnection}
          />
        )}
        <Choice
          label={connectorsText.tryObject}
          value={chosen}
          options={objects.map((one) => ({ value: one, label: one }))}
          onChange={setObject}
        />
        <TryButton busy={attempt.isPending} disabled={!what} />
      </div>
      {through === typedIn && <Typed form={form} typed={typed} onChange={setTyped} />}
      {answers && attempt.isPending && <p className="text-muted">{connectorsText.trying}</p>}
      {answers && attempt.isError && <ErrorBanner message={sentenceOf(attempt.error)} />}
      {answers && attempt.data && (
        <Tried answer={attempt.data}>
          <MissingFields bench={bench} object={chosen ?? ''} rows={attempt.data.rows} onOpen={onOpen} />
        </Tried>
      )}
    </Form>
  )
}

/** Through a saved connection, or with what was typed in, which nobody keeps. */
type Attempt = { readonly object: string } & (
  | { readonly connectionId: string }
  | { readonly region?: string; readonly settings: Record<string, string> }
)

function useAttempt({ files }: WorkbenchState) {
  return useMutation({
    // What was typed in is not kept among what was asked.
    gcTime: 0,
    mutationFn: (what: Attempt) => {
      const draft = { manifest: files.manifest, records: { ...files.records } }
      return 'connectionId' in what
        ? apiClient.connectors.try.mutate({ ...what, ...draft })
        : apiClient.connectors.tryDraft.mutate({ ...what, ...draft })
    },
  })
}

interface TypedProps {
  readonly form: ConnectorForm | undefined
  readonly typed: TypedSettings
  readonly onChange: (typed: TypedSettings) => void
}

function Typed({ form, typed, onChange }: TypedProps): ReactNode {
  if (!form) return <p className="text-muted">{connectorsText.tryNotYet}</p>
  if (!form.methods.includes('settings')) return <Notice tone="info">{connectorsText.tryOAuth}</Notice>
  return <TypedConnection form={form} typed={typed} onChange={onChange} />
}

interface TryButtonProps {
  readonly busy: boolean
  readonly disabled: boolean
}

function TryButton({ busy, disabled }: TryButtonProps): ReactNode {
  return (
    <Button type="submit" look="primary" icon={FlaskConical} busy={busy} disabled={disabled}>
      {connectorsText.tryAction}
    </Button>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly SelectOption<string>[]
  readonly onChange: (value: string) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  return (
    <div className="min-w-32 flex-1">
      <Field label={label}>
        {(control) => <Select {...control} value={value ?? ''} options={options} onChange={onChange} />}
      </Field>
    </div>
  )
}
