import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  FlaskConical,
  Redo2,
  Rocket,
  TriangleAlert,
  Undo2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useKeysOf } from '../../keyboard/preferences.ts'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { describeCommand } from '../document/describe-command.ts'
import { nextRedo, nextUndo } from '../document/history.ts'
import { countErrors, isOnlyBegun } from '../document/problem.ts'
import type { SaveState } from '../saving/draft-saver.ts'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import { useEditorShortcuts } from '../state/use-editor-shortcuts.ts'
import { PipelineName } from './pipeline-name.tsx'
import { Presence } from './presence.tsx'
import { SaveChip } from './save-chip.tsx'
import { VersionChip } from './version-chip.tsx'

interface EditorHeaderProps {
  readonly pipelineId: string
  readonly save: SaveState
  /** The live version; null: never published. */
  readonly version: number | null
  readonly changed: boolean
  readonly testing: boolean
  /** The button that runs what is live. */
  readonly run: ReactNode
  readonly onTest: (() => void) | undefined
  readonly onPublish: (() => void) | undefined
  readonly onSave: () => void
}

const viewOf = (state: EditorState): EditorState['view'] => state.view
const isReadOnly = (state: EditorState): boolean => state.readOnly
const undoOf = (state: EditorState): string => wordsFor(nextUndo(state.history))
const redoOf = (state: EditorState): string => wordsFor(nextRedo(state.history))

/** Name, state, saving, problems, and the acts on the whole pipeline. */
export function EditorHeader(props: EditorHeaderProps): ReactNode {
  const { pipelineId, save, version, changed, testing, run, onTest, onPublish } = props
  const readOnly = useEditor(isReadOnly)
  useEditorShortcuts(shortcutActs(props))
  const testKeys = useKeysOf('testPipeline')
  return (
    <header className="bg-surface flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-3 py-2">
      <div className="flex min-w-0 flex-1 basis-64 items-center gap-x-2.5 gap-y-1 max-sm:flex-wrap">
        <PipelineName />
        <VersionChip {...{ pipelineId, version, changed }} />
        <SaveChip state={save} readOnly={readOnly} />
        <Presence pipelineId={pipelineId} />
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <ProblemCount />
        <UndoButtons />
        <span className="max-sm:order-1">
          <ViewSwitch />
        </span>
        {onTest && (
          <Tooltip label={words.test} keys={testKeys}>
            <Button icon={FlaskConical} busy={testing} onClick={onTest} className="max-sm:order-1">
              {words.test}
            </Button>
          </Tooltip>
        )}
        {run}
        {onPublish && <PublishButton onPublish={onPublish} changed={changed || version === null} />}
      </div>
    </header>
  )
}

/** The number of problems; it opens the list of them. */
function ProblemCount(): ReactNode {
  const store = useEditorStore()
  const { problems } = useSurroundings()
  const drawer = useEditor((state) => state.drawer)
  const errors = countErrors(problems)
  const warnings = problems.length - errors
  const begun = isOnlyBegun(problems)
  const icon = begun ? CircleDashed : errors > 0 ? CircleAlert : warnings > 0 ? TriangleAlert : CircleCheck
  return (
    <Button
      look="quiet"
      icon={icon}
      aria-pressed={drawer === 'problems'}
      data-problems={errors}
      onClick={() => store.getState().show({ drawer: drawer === 'problems' ? undefined : 'problems' })}
    >
      <span
        className={begun ? 'text-muted' : errors > 0 ? 'text-bad' : warnings > 0 ? 'text-warn' : 'text-ok'}
      >
        {begun
          ? words.stepsLeft(errors)
          : errors > 0 || warnings === 0
            ? words.problemCount(errors)
            : words.warningCount(warnings)}
      </span>
    </Button>
  )
}

function UndoButtons(): ReactNode {
  const store = useEditorStore()
  const undo = useEditor(undoOf)
  const redo = useEditor(redoOf)
  const [undoKeys, redoKeys] = [useKeysOf('undo'), useKeysOf('redo')]
  if (useEditor(isReadOnly)) return null
  return (
    <>
      <IconButton
        icon={Undo2}
        label={words.undo(undo)}
        keys={undoKeys}
        aria-disabled={undo === ''}
        onClick={() => store.getState().undo()}
      />
      <IconButton
        icon={Redo2}
        label={words.redo(redo)}
        keys={redoKeys}
        aria-disabled={redo === ''}
        onClick={() => store.getState().redo()}
      />
    </>
  )
}

function ViewSwitch(): ReactNode {
  const store = useEditorStore()
  return (
    <Segmented
      label={words.views}
      value={useEditor(viewOf)}
      onChange={(view) => store.getState().show({ view })}
      options={[
        { value: 'canvas', label: words.view.canvas },
        { value: 'outline', label: words.view.outline },
        { value: 'yaml', label: words.view.yaml },
      ]}
    />
  )
}

function shortcutActs({
  onTest,
  onPublish,
  onSave,
}: EditorHeaderProps): Parameters<typeof useEditorShortcuts>[0] {
  return { onSave, ...(onTest ? { onTest } : {}), ...(onPublish ? { onPublish } : {}) }
}

interface PublishButtonProps {
  readonly changed: boolean
  readonly onPublish: () => void
}

/** Publishing is off only with a reason: while there are problems the button leads to them. */
function PublishButton({ changed, onPublish }: PublishButtonProps): ReactNode {
  const store = useEditorStore()
  const { problems } = useSurroundings()
  const errors = countErrors(problems)
  const keys = useKeysOf('publish')
  const why = isOnlyBegun(problems) ? words.stepsFirst(errors) : words.cannotPublish(errors)
  const reason = errors > 0 ? why : changed ? words.publish : words.nothingToPublish
  return (
    <Tooltip label={reason} keys={errors === 0 ? keys : undefined}>
      <Button
        look="primary"
        icon={Rocket}
        aria-disabled={errors > 0}
        className={errors > 0 ? 'opacity-55' : ''}
        onClick={() => (errors > 0 ? store.getState().show({ drawer: 'problems' }) : onPublish())}
      >
        {words.publish}
      </Button>
    </Tooltip>
  )
}

function wordsFor(command: ReturnType<typeof nextUndo>): string {
  return command ? describeCommand(command) : ''
}
