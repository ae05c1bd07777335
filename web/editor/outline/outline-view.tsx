import { CirclePause, Ellipsis, Plus } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { keysOf, useShortcutPreferences } from '../../keyboard/preferences.ts'
import { pressOf } from '../../keyboard/press.ts'
import { isMidSequence } from '../../keyboard/use-shortcut.ts'
import { canvasStrings } from '../../strings/editor-canvas.ts'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { uiText } from '../../strings/ui.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Name } from '../../ui/name.tsx'
import type { FlowStep } from '../canvas/flow.ts'
import { ProblemMark } from '../canvas/problem-mark.tsx'
import { RenameStep } from '../canvas/rename-step.tsx'
import { stepMenu } from '../canvas/step-menu.ts'
import { stepIcons } from '../canvas/step-looks.ts'
import { useEditor, useEditorStore } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import { isFree } from '../state/add-step.ts'
import { useAddStep } from '../state/use-add-step.ts'
import { useFlow } from '../state/use-flow.ts'
import { useStepActions } from '../state/use-step-actions.ts'
import type { StepActions } from '../state/use-step-actions.ts'

const currentOf = (state: EditorState): string | undefined => state.current
const wishOf = (state: EditorState): number => state.focusWish
const isReadOnly = (state: EditorState): boolean => state.readOnly
const mayProtect = (state: EditorState): boolean => isFree('protection', state.content)

/** The pipeline as a list, with every command the canvas has: for a phone, and for whoever reads by ear. */
export function OutlineView(): ReactNode {
  const flow = useFlow()
  const add = useAddStep()
  const readOnly = useEditor(isReadOnly)
  const [renamed, setRenamed] = useState<string>()
  const actions = useStepActions(flow, setRenamed)
  const canProtect = useEditor(mayProtect)
  return (
    <section aria-label={words.outlineTitle} className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-3xl flex-col gap-3 p-4">
        <p className="text-muted">{words.outlineHint}</p>
        <ol className="flex flex-col gap-2">
          {flow.steps.map((step) => (
            <OutlineStep key={step.id} step={step} actions={actions} />
          ))}
        </ol>
        {!readOnly && (
          <div className="flex flex-wrap gap-2">
            {canProtect && (
              <Button icon={Plus} onClick={() => add({ type: 'protection' })}>
                {canvasStrings.protect}
              </Button>
            )}
            <Button icon={Plus} onClick={() => add({ type: 'note' })}>
              {canvasStrings.menu.addNote}
            </Button>
          </div>
        )}
      </div>
      {renamed !== undefined && <RenameStep step={renamed} onClose={() => setRenamed(undefined)} />}
    </section>
  )
}

interface OutlineStepProps {
  readonly step: FlowStep
  readonly actions: StepActions
}

function OutlineStep({ step, actions }: OutlineStepProps): ReactNode {
  const store = useEditorStore()
  const add = useAddStep()
  const readOnly = useEditor(isReadOnly)
  const isCurrent = useEditor(currentOf) === step.id
  const button = useFocusOnWish(isCurrent)
  const Icon = stepIcons[step.kind]
  const name = step.name || canvasStrings.noteEmpty
  const problems = <StepProblems step={step} />
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = readOnly || isMidSequence(event.timeStamp) ? undefined : outlineActOf(event)
    if (!act) return
    event.preventDefault()
    actions.act(act, step.id)
  }
  const items = stepMenu(step.id, (act) => actions.act(act, step.id), {
    onNote: () => add({ type: 'note' }),
    disabled: new Set(step.disabled ? [step.id] : []),
  })
  return (
    <li
      className={classNames(
        'bg-surface flex items-center gap-3 rounded-lg border p-3',
        step.kind === 'slot' && 'border-control border-dashed',
        step.kind === 'object' && 'ml-6',
        step.disabled && 'border-control border-dashed',
      )}
    >
      <span className="bg-subtle text-accent flex size-9 shrink-0 items-center justify-center rounded-lg">
        <Icon aria-hidden size={18} />
      </span>
      <button
        ref={button}
        type="button"
        data-step={step.id}
        onKeyDown={onKeyDown}
        onClick={() => {
          store.getState().goTo(step.id, false)
          actions.act('openStep', step.id)
        }}
        className="min-w-0 flex-1 text-left"
      >
        <span className="text-muted block text-xs">{canvasStrings.kinds[step.kind]}</span>
        <Name lines={1} className="text-base font-semibold">
          {name}
        </Name>
        <StepLines step={step} />
        <span className="sm:hidden">{problems}</span>
      </button>
      <span className="max-sm:hidden">{problems}</span>
      {!readOnly && (
        <Menu
          label={uiText.moreFor(name)}
          items={items}
          trigger={<IconButton icon={Ellipsis} label={uiText.moreFor(name)} />}
        />
      )}
    </li>
  )
}

const outlineActs = ['removeStep', 'renameStep', 'disableStep', 'previewStep'] as const

/** What a key does to a step of the list: as on the canvas, where it does no harm to whoever reads by ear. */
function outlineActOf(event: KeyboardEvent): (typeof outlineActs)[number] | undefined {
  const press = pressOf(event)
  const preferences = useShortcutPreferences.getState()
  return outlineActs.find((act) => press !== undefined && keysOf(act, preferences) === press)
}

/** What the step does, and the gravest thing that is wrong with it. */
function StepLines({ step: { summary, errors, begun, notices } }: { readonly step: FlowStep }): ReactNode {
  return (
    <>
      {summary && <span className="text-muted block">{summary}</span>}
      {errors > 0 && (
        <span className={classNames('block', begun ? 'text-muted' : 'text-bad')}>{notices?.[0]}</span>
      )}
    </>
  )
}

function StepProblems({ step }: { readonly step: FlowStep }): ReactNode {
  if (step.disabled) return <Badge icon={CirclePause}>{canvasStrings.disabled}</Badge>
  return step.errors + step.warnings === 0 ? null : <ProblemMark step={step} />
}

/** Takes the focus when the editor wishes it on this step. */
function useFocusOnWish(isCurrent: boolean): React.RefObject<HTMLButtonElement | null> {
  const wish = useEditor(wishOf)
  const button = useRef<HTMLButtonElement>(null)
  const answered = useRef(wish)
  useEffect(() => {
    if (!isCurrent || answered.current === wish) return
    answered.current = wish
    button.current?.focus()
  }, [isCurrent, wish])
  return button
}
