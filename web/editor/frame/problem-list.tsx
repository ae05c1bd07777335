import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Button } from '../../ui/button.tsx'
import type { EditorProblem } from '../document/problem.ts'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorState, PanelTab } from '../state/editor-store.ts'
import { useFlow } from '../state/use-flow.ts'

const isReadOnly = (state: EditorState): boolean => state.readOnly

/** Every problem, errors first. A press leads to the step and the part of its panel where it is mended. */
export function ProblemList(): ReactNode {
  const store = useEditorStore()
  const flow = useFlow()
  const readOnly = useEditor(isReadOnly)
  const { problems } = useSurroundings()
  if (problems.length === 0)
    return (
      <p className="text-muted flex items-center gap-2 px-4 py-4">
        <CircleCheck aria-hidden size={16} className="text-ok" />
        {words.noProblems}
      </p>
    )
  const ordered = problems.toSorted(
    (a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'),
  )
  return (
    <ul className="divide-y">
      {ordered.map((problem) => {
        const { severity, message, fix, remedy, pointer } = problem
        const Icon = severity === 'error' ? CircleAlert : TriangleAlert
        return (
          <li key={`${pointer} ${message}`} className="flex items-center gap-3 px-4 py-2">
            <Icon
              aria-hidden
              size={16}
              className={severity === 'error' ? 'text-bad shrink-0' : 'text-warn shrink-0'}
            />
            <button
              type="button"
              className="min-h-6 min-w-0 flex-1 text-left hover:underline"
              onClick={() =>
                goToProblem(
                  store.getState(),
                  problem,
                  flow.steps.map(({ id }) => id),
                )
              }
            >
              <span className="font-medium">{message}</span> <span className="text-muted">{fix}</span>
            </button>
            {remedy && !readOnly && (
              <Button size="small" onClick={() => store.getState().run(remedy.command)}>
                {remedy.label}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** Opens the panel where a problem is mended, or the picker where something is missing. */
export function goToProblem(
  state: EditorState,
  { step, pointer }: EditorProblem,
  drawn: readonly string[],
): void {
  if (pointer === '/source' || pointer === '/destination') {
    const slot = pointer === '/source' ? 'source' : 'destination'
    if (drawn.includes(`slot:${slot}`)) return state.show({ picker: { slot } })
  }
  if (step === undefined) {
    document.querySelector<HTMLElement>('header input')?.focus()
    return
  }
  const shown = drawn.includes(step) ? step : 'source'
  state.goTo(shown, false)
  state.show({ panel: { step: shown, tab: tabFor(pointer) } })
}

function tabFor(pointer: string): PanelTab {
  if (pointer.includes('/fields')) return 'fields'
  return /^\/(schedule|concurrency|schemaChanges|newFields)/.test(pointer) ? 'settings' : 'objects'
}
