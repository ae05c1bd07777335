import { type ReactNode, useState } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { countErrors } from '../document/problem.ts'
import { FieldGrid } from '../source/field-grid.tsx'
import { ObjectList } from '../source/object-list.tsx'
import { SchemaPolicy } from '../source/schema-policy.tsx'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorState, PanelTab } from '../state/editor-store.ts'
import { ConnectionField } from './connection-field.tsx'
import { ConnectionRights } from './connection-rights.tsx'
import { FrequencySection } from './frequency-section.tsx'
import { PanelProblems } from './panel-problems.tsx'

const tabOf = (state: EditorState): PanelTab | undefined => state.panel?.tab
const isReadOnly = (state: EditorState): boolean => state.readOnly
const objectCount = (state: EditorState): number => Object.keys(state.content.document.objects).length

/** The source: its connection, objects and their fields, and when and how it is read. */
export function SourcePanel(): ReactNode {
  const store = useEditorStore()
  const wished = useEditor(tabOf)
  const [own, setOwn] = useState<PanelTab>('objects')
  const tab = wished ?? own
  const objects = useEditor(objectCount)
  const { catalogue, problems } = useSurroundings()
  const settings = problems.filter(({ pointer }) =>
    /^\/(schedule|concurrency|schemaChanges|newFields)/.test(pointer),
  )
  const choose = (next: PanelTab): void => {
    setOwn(next)
    store.getState().show({ panel: { step: 'source', tab: next } })
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      {/* On a phone the grid needs the room. */}
      <div className={tab === 'fields' ? 'px-4 py-4 max-sm:hidden' : 'px-4 py-4'}>
        <ConnectionField side="source" />
      </div>
      <PanelProblems pointers={['/source', '/objects']} />
      <Tabs
        label={words.tabs.settings}
        className="flex-1"
        value={tab}
        onChange={choose}
        tabs={[
          {
            name: 'objects',
            label: words.tabs.objects,
            count: objects,
            content: catalogue ? <ObjectList catalogue={catalogue} /> : <SkeletonRows rows={5} />,
          },
          { name: 'fields', label: words.tabs.fields, content: <Fields /> },
          {
            name: 'settings',
            label: words.tabs.settings,
            ...(countErrors(settings) > 0 ? { count: countErrors(settings) } : {}),
            content: <Settings />,
          },
        ]}
      />
    </div>
  )
}

function Fields(): ReactNode {
  const readOnly = useEditor(isReadOnly)
  const objects = useEditor(objectCount)
  const { catalogue, published } = useSurroundings()
  if (!catalogue) return <SkeletonRows rows={8} />
  const firstTab = objects > 0 ? 'selected' : 'all'
  return (
    <FieldGrid catalogue={catalogue} published={published?.objects} firstTab={firstTab} readOnly={readOnly} />
  )
}

function Settings(): ReactNode {
  const connection = useEditor((state) => state.content.document.source?.connection)
  return (
    <div className="flex flex-col gap-6 p-4">
      <FrequencySection />
      <SchemaPolicy />
      {typeof connection === 'string' && <ConnectionRights id={connection} />}
    </div>
  )
}
