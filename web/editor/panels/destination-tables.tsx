import type { ReactNode } from 'react'
import { panelStrings as words } from '../../strings/editor-panels.ts'
import { findObject, inCatalogueOrder } from '../document/catalogue.ts'
import type { CatalogueObject } from '../document/catalogue.ts'
import { useEditor, useSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'

const documentOf = (state: EditorState): EditorState['content']['document'] => state.content.document

/** The tables that the pipeline fills, by their whole names. */
export function DestinationTables(): ReactNode {
  const { objects, destination } = useEditor(documentOf)
  const { catalogue } = useSurroundings()
  const names = inCatalogueOrder(catalogue, Object.keys(objects))
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{words.tables}</h3>
      <p className="text-muted">{names.length > 0 ? words.tablesHint : words.noTables}</p>
      {names.length > 0 && (
        <ul className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
          {names.map((name) => (
            <li key={name} className="min-w-0">
              <span className="block truncate font-mono">
                {destination?.schema ? `${destination.schema}.` : ''}
                {name}
              </span>
              <span className="text-muted block truncate text-xs">
                {words.tableOf(findObject(catalogue, name)?.title ?? name)}
                {modeOf(findObject(catalogue, name))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function modeOf(object: CatalogueObject | undefined): string {
  return object ? ` · ${words.writes[object.mode]}` : ''
}
