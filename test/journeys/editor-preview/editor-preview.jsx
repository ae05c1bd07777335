import { EditorCanvas } from '@penstock/web/editor/canvas/editor-canvas.tsx'
import { FieldGrid } from '@penstock/web/editor/source/field-grid.tsx'
import { StepPicker } from '@penstock/web/editor/canvas/step-picker.tsx'
import { emptyContent } from '@penstock/web/editor/document/draft-document.ts'
import { startHistory } from '@penstock/web/editor/document/history.ts'
import { validateDraft } from '@penstock/web/editor/document/validate-draft.ts'
import { EditorStoreContext, SurroundingsContext } from '@penstock/web/editor/state/editor-context.ts'
import { createEditorStore } from '@penstock/web/editor/state/editor-store.ts'
import { EditorSpeech } from '@penstock/web/editor/state/editor-speech.tsx'
import { useEditorShortcuts } from '@penstock/web/editor/state/use-editor-shortcuts.ts'
import { listenToKeys } from '@penstock/web/keyboard/use-shortcut.ts'
import { TooltipProvider } from '@penstock/web/ui/tooltip.tsx'
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { catalogue, connections, soundDocument } from '../../web/editor/support-catalogue.ts'

const query = new URLSearchParams(location.search)
const many = Number(query.get('objects') ?? 0)
const manyFields = Array.from({ length: 100 }, (_, index) => ({
  path: `field_${index}`,
  type: 'string',
  ...(index % 9 === 4 ? { sensitive: 'email' } : {}),
}))
const manyObjects = Array.from({ length: many }, (_, index) => ({
  ...catalogue.objects[0],
  name: `object_${index}`,
  title: `Object ${index}`,
  fields: query.has('grid') ? manyFields : catalogue.objects[0].fields,
}))
const offered = many > 0 ? { ...catalogue, objects: manyObjects } : catalogue

function startContent() {
  const start = emptyContent('New pipeline')
  if (query.has('empty')) return start
  if (many === 0) return { ...start, document: soundDocument }
  const objects = Object.fromEntries(manyObjects.map(({ name }) => [name, {}]))
  return { document: { ...soundDocument, objects }, layout: { ...start.layout, objectCards: true } }
}

const store = createEditorStore({ history: startHistory(startContent()) })
globalThis.editorStore = store

/** The canvas with a document in memory: what canvas tests run on. */
export function EditorPreview() {
  const document = useStore(store, (state) => state.content.document)
  const around = useMemo(() => {
    const facts = { catalogue: offered, connections }
    return {
      ...facts,
      problems: validateDraft(document, facts),
      connectors: [
        { side: 'source', kind: 'intercom', title: 'Intercom' },
        { side: 'destination', kind: 'postgres', title: 'PostgreSQL' },
        { side: 'destination', kind: 'duckdb', title: 'DuckDB' },
      ],
      recommended: () => ['contacts', 'companies'],
    }
  }, [document])
  useEffect(() => listenToKeys(), [])
  return (
    <TooltipProvider>
      <EditorStoreContext value={store}>
        <SurroundingsContext value={around}>
          <main className="flex h-full flex-col">
            <h1 className="sr-only">Editor</h1>
            <Keys />
            <div className="min-h-0 flex-1">
              {query.has('grid') ? (
                <FieldGrid catalogue={offered} published={undefined} firstTab="all" readOnly={false} />
              ) : (
                <EditorCanvas palette={innerWidth > 640} />
              )}
            </div>
            <StepPicker />
            <EditorSpeech />
          </main>
        </SurroundingsContext>
      </EditorStoreContext>
    </TooltipProvider>
  )
}

function Keys() {
  useEditorShortcuts({})
  return null
}
