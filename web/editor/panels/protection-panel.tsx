import type { ReactNode } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { FieldGrid } from '../source/field-grid.tsx'
import { useEditor, useSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'

const isReadOnly = (state: EditorState): boolean => state.readOnly

/** What happens to each field before anything is written. */
export function ProtectionPanel(): ReactNode {
  const readOnly = useEditor(isReadOnly)
  const { catalogue, published } = useSurroundings()
  if (!catalogue) return <SkeletonRows rows={8} />
  return (
    <div className="flex h-full min-h-0 flex-col">
      {published && <p className="text-muted px-4 pt-3">{words.protectionLater}</p>}
      <div className="min-h-0 flex-1">
        <FieldGrid
          catalogue={catalogue}
          published={published?.objects}
          firstTab="selected"
          readOnly={readOnly}
        />
      </div>
    </div>
  )
}
