import { useMemo } from 'react'
import { flowOfPipeline } from '../canvas/flow-of-pipeline.ts'
import type { Flow } from '../canvas/flow.ts'
import { useEditor, useSurroundings } from './editor-context.ts'
import type { EditorState } from './editor-store.ts'

const contentOf = (state: EditorState): EditorState['content'] => state.content
const isReadOnly = (state: EditorState): boolean => state.readOnly

/** The open pipeline as cards and lines, the same for canvas and outline. */
export function useFlow(): Flow {
  const content = useEditor(contentOf)
  const readOnly = useEditor(isReadOnly)
  const around = useSurroundings()
  return useMemo(() => {
    const kindTitles = new Map(around.connectors.map(({ kind, title }) => [kind, title]))
    return flowOfPipeline(content, { ...around, kindTitles, slots: !readOnly })
  }, [content, around, readOnly])
}
