import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { canvasStrings } from '../../strings/editor-canvas.ts'
import { sourceStrings } from '../../strings/editor-source.ts'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { SavedConnection } from '../document/catalogue.ts'
import { problemsAt } from '../document/problem.ts'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'

interface ConnectionFieldProps {
  readonly side: 'source' | 'destination'
}

const looks = { healthy: 'healthy', untested: 'draft', broken: 'failed' } as const
const documentOf = (state: EditorState): EditorState['content']['document'] => state.content.document
const isReadOnly = (state: EditorState): boolean => state.readOnly

/** Which saved connection an end of the pipeline uses: its health, account and region, another one, or a new one. */
export function ConnectionField({ side }: ConnectionFieldProps): ReactNode {
  const store = useEditorStore()
  const document = useEditor(documentOf)
  const readOnly = useEditor(isReadOnly)
  const { connections = [], connectors, connect, problems } = useSurroundings()
  const detailOf = ({ kind: type, account, region }: SavedConnection): string => {
    const title = connectors.find((one) => one.side === side && one.kind === type)?.title ?? type
    return [title, account, region].filter(Boolean).join(' · ')
  }
  const kind = side === 'source' ? document.source?.connector : undefined
  const chosen = document[side]?.connection
  const fitting = connections.filter((one) => one.side === side && (kind === undefined || one.kind === kind))
  const saved = fitting.find(({ id }) => id === chosen)
  const [problem] = problemsAt(problems, `/${side}/connection`)
  const advice = problem && `${problem.message} ${problem.fix}`
  const choose = (id: string): void => {
    const connection = fitting.find((one) => one.id === id)
    if (!connection) return
    const { run } = store.getState()
    if (side === 'source') run({ type: 'setSourceConnection', connection: id })
    else run({ type: 'setDestinationConnection', connectionType: connection.kind, connection: id })
  }
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={words.connectionField}
        hint={problem?.missing ? advice : undefined}
        error={problem?.severity === 'error' && !problem.missing ? advice : undefined}
      >
        {({ id, 'aria-describedby': describedBy }) => (
          <div className="flex flex-wrap gap-2">
            <div className="min-w-0 flex-1 basis-56">
              <Combobox
                id={id}
                aria-describedby={describedBy}
                label={words.connectionField}
                placeholder={words.chooseConnection}
                disabled={readOnly}
                value={saved?.id}
                options={fitting.map((one) => ({ value: one.id, label: one.name, detail: detailOf(one) }))}
                onChange={choose}
              />
            </div>
            {connect && !readOnly && (
              <Button icon={Plus} onClick={() => connect(side, kind)}>
                {side === 'source' ? canvasStrings.newSource : canvasStrings.newDestination}
              </Button>
            )}
          </div>
        )}
      </Field>
      {saved && (
        <p className="text-muted flex flex-wrap items-center gap-2">
          <StatusBadge status={looks[saved.health]} word={sourceStrings.health[saved.health]} />
          {detailOf(saved)}
        </p>
      )}
    </div>
  )
}
