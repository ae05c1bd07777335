import { Play, Rocket } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { uiText } from '../../strings/ui.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorBanner } from '../../ui/error-banner.tsx'
import { Field } from '../../ui/field.tsx'
import { Input } from '../../ui/input.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { ReadableChange } from '../document/describe-change.ts'
import { useEditor, useEditorStore } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import { useNamesAround } from '../state/use-names-around.ts'
import type { Wish } from './publish.tsx'
import { ChangeTable } from './change-table.tsx'
import { OpenFieldsNotice } from './open-fields-notice.tsx'

interface PublishDialogProps {
  readonly version: number | null
  /** What it means for the version of the connector; undefined: nothing. */
  readonly connectorMove: string | undefined
  readonly changes: readonly ReadableChange[]
  readonly busy: boolean
  readonly error: string | undefined
  readonly mayRun: boolean
  /** Objects whose older rows keep plain values of fields that are hashed from now on. */
  readonly hashedAnew: readonly string[]
  readonly onPublish: (wish: Wish) => void
  readonly onClose: () => void
}

/** Shows what would become live, and asks for a name, a note, and whether to run it. What is pressed is done by `Publish`. */
export function PublishDialog(props: PublishDialogProps): ReactNode {
  const { version, connectorMove, changes, busy, error, mayRun, hashedAnew, onPublish, onClose } = props
  const [note, setNote] = useState('')
  const [rereads, setRereads] = useState(false)
  const byHand = useEditor(isByHand)
  const { titleOf } = useNamesAround()
  const unchanged = version !== null && changes.length === 0 && connectorMove === undefined
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={unchanged ? words.unchangedTitle : words.publishTitle}
      description={unchanged ? words.unchangedHint(version) : words.publishHint(version, byHand)}
      footer={
        <PublishButtons
          {...{ busy, mayRun, unchanged, onClose }}
          onPublish={(run) => onPublish({ note, run, again: rereads ? hashedAnew : [], asItIs: unchanged })}
        />
      }
    >
      <div className="flex flex-col gap-4">
        {error && <ErrorBanner message={error} />}
        {version === null && <NameField />}
        <OpenFieldsNotice />
        {connectorMove && <Notice tone="info">{connectorMove}</Notice>}
        {changes.length > 0 && (
          <section className="flex flex-col gap-2">
            <h3 className="font-semibold">{words.changesTitle(changes.length)}</h3>
            <ChangeTable changes={changes} />
          </section>
        )}
        {mayRun && hashedAnew.length > 0 && (
          <Checkbox
            label={words.readAgain(hashedAnew.map(titleOf).join(', '))}
            hint={words.readAgainHint}
            checked={rereads}
            onChange={setRereads}
          />
        )}
        {unchanged ? <p>{words.unchangedRun}</p> : <NoteField note={note} onChange={setNote} />}
      </div>
    </Dialog>
  )
}

const nameOf = (state: EditorState): string => state.content.document.name
const isByHand = (state: EditorState): boolean => state.content.document.schedule === undefined

/** The first time, the name is asked for beside what becomes live: a list of untitled pipelines helps nobody. */
function NameField(): ReactNode {
  const store = useEditorStore()
  const name = useEditor(nameOf)
  return (
    <Field label={words.publishName} hint={words.publishNameHint}>
      {(control) => (
        <Input
          {...control}
          maxLength={200}
          value={name}
          aria-invalid={name.trim() === '' ? true : undefined}
          onChange={(event) => store.getState().run({ type: 'renamePipeline', name: event.target.value })}
        />
      )}
    </Field>
  )
}

interface NoteFieldProps {
  readonly note: string
  readonly onChange: (note: string) => void
}

function NoteField({ note, onChange }: NoteFieldProps): ReactNode {
  return (
    <Field label={words.publishNote} hint={words.publishNoteHint}>
      {(control) => (
        <Input
          {...control}
          maxLength={1_000}
          value={note}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

interface PublishButtonsProps extends Pick<PublishDialogProps, 'busy' | 'mayRun' | 'onClose'> {
  readonly unchanged: boolean
  readonly onPublish: (run: boolean) => void
}

function PublishButtons({ busy, mayRun, unchanged, onPublish, onClose }: PublishButtonsProps): ReactNode {
  return (
    <>
      <Button onClick={onClose}>{uiText.cancel}</Button>
      {!unchanged && (
        <Button
          look={mayRun ? 'plain' : 'primary'}
          icon={Rocket}
          busy={busy}
          onClick={() => onPublish(false)}
        >
          {words.publish}
        </Button>
      )}
      {mayRun && (
        <Button look="primary" icon={Play} busy={busy} autoFocus onClick={() => onPublish(true)}>
          {unchanged ? words.run : words.publishRun}
        </Button>
      )}
    </>
  )
}
