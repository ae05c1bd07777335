import type { ReactNode } from 'react'
import { useSurroundings } from '../state/editor-context.ts'
import { InlineProblems } from './inline-problems.tsx'

/** Problems of a part of the document that no field below shows. */
export function PanelProblems({ pointers }: { readonly pointers: readonly string[] }): ReactNode {
  const { problems } = useSurroundings()
  const own = problems.filter(({ pointer }) => pointers.includes(pointer))
  return own.length > 0 ? (
    <div className="px-4 pt-4">
      <InlineProblems problems={own} />
    </div>
  ) : null
}
