import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import type { EditorProblem } from '../document/problem.ts'
import { useEditorStore } from '../state/editor-context.ts'

/** Problems beside what they are about: the fault, what to do, and a button where one click mends it. */
export function InlineProblems({ problems }: { readonly problems: readonly EditorProblem[] }): ReactNode {
  const store = useEditorStore()
  if (problems.length === 0) return null
  return (
    <ul className="flex flex-col gap-1.5">
      {problems.map(({ pointer, severity, message, fix, remedy }) => {
        const Icon = severity === 'error' ? CircleAlert : TriangleAlert
        return (
          <li
            key={`${pointer} ${message}`}
            className={classNames(
              'flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md px-2 py-1.5',
              severity === 'error' ? 'bg-bad-soft text-bad' : 'bg-warn-soft text-warn',
            )}
          >
            <Icon aria-hidden size={14} className="shrink-0" />
            <span className="min-w-0 flex-1 basis-48">
              <span className="font-medium">{message}</span> {fix}
            </span>
            {remedy && (
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
