import { CirclePause, Plus, Power, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { findObject, inCatalogueOrder } from '../document/catalogue.ts'
import type { Catalogue, CatalogueObject } from '../document/catalogue.ts'
import { disabledObjects } from '../document/draft-document.ts'
import { pointerTo } from '../document/json-pointer.ts'
import { problemsAt } from '../document/problem.ts'
import { InlineProblems } from '../panels/inline-problems.tsx'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import { AddObjects } from './add-objects.tsx'
import { StartAt } from './start-at.tsx'

const contentOf = (state: EditorState): EditorState['content'] => state.content
const isReadOnly = (state: EditorState): boolean => state.readOnly

/** The objects a pipeline reads, each with its mode, its start and its problems. */
export function ObjectList({ catalogue }: { readonly catalogue: Catalogue }): ReactNode {
  const store = useEditorStore()
  const content = useEditor(contentOf)
  const { document } = content
  const readOnly = useEditor(isReadOnly)
  const { connections } = useSurroundings()
  const [adding, setAdding] = useState(false)
  const disabled = disabledObjects(content)
  const names = inCatalogueOrder(catalogue, [...Object.keys(document.objects), ...disabled])
  const add = (objects: readonly string[]): void => {
    store.getState().run({ type: 'addObjects', objects })
    setAdding(false)
  }
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex items-center gap-2">
        <h3 className="flex-1 font-semibold">{words.tabs.objects}</h3>
        {!readOnly && (
          <Button look={names.length === 0 ? 'primary' : 'plain'} icon={Plus} onClick={() => setAdding(true)}>
            {words.addObjects}
          </Button>
        )}
      </div>
      {names.length === 0 ? (
        <p className="text-muted rounded-lg border border-dashed px-4 py-8 text-center">
          <span className="text-text block font-medium">{words.noObjects}</span>
          {words.noObjectsHint}
        </p>
      ) : (
        <ul className="divide-y rounded-lg border">
          {names.map((name) =>
            disabled.includes(name) ? (
              <DisabledLine key={name} name={name} title={findObject(catalogue, name)?.title ?? name} />
            ) : (
              <ObjectLine key={name} name={name} object={findObject(catalogue, name)} />
            ),
          )}
        </ul>
      )}
      {adding && (
        <AddObjects
          catalogue={catalogue}
          chosen={new Set(names)}
          connection={connections?.find(({ id }) => id === document.source?.connection)}
          onAdd={add}
          onClose={() => setAdding(false)}
        />
      )}
    </div>
  )
}

interface ObjectLineProps {
  readonly name: string
  /** Undefined: the connector has no such object. */
  readonly object: CatalogueObject | undefined
}

function ObjectLine({ name, object }: ObjectLineProps): ReactNode {
  const store = useEditorStore()
  const readOnly = useEditor(isReadOnly)
  const { problems } = useSurroundings()
  const title = object?.title ?? name
  const hashed = useEditor(
    (state) =>
      Object.values(state.content.document.objects[name]?.fields ?? {}).filter((one) => one === 'hash')
        .length,
  )
  const own = problemsAt(problems, pointerTo('objects', name)).filter(
    ({ pointer }) => !pointer.includes('/fields'),
  )
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2">
      <div className="flex items-center gap-x-2 gap-y-1 max-sm:flex-wrap">
        <span className="min-w-0 flex-1 truncate font-medium max-sm:basis-full">{title}</span>
        {object && (
          <>
            <span className="text-muted text-xs whitespace-nowrap">
              {words.fieldsOf(object.fields.length, hashed)}
            </span>
            <Badge tone="info">
              <span title={words.modeHint[object.mode]}>{words.mode[object.mode]}</span>
            </Badge>
          </>
        )}
        <span aria-hidden className="flex-1 sm:hidden" />
        {!readOnly && (
          <IconButton
            size="small"
            icon={Power}
            label={words.disableObject(title)}
            onClick={() => store.getState().run({ type: 'disableObjects', objects: [name] })}
          />
        )}
        {!readOnly && (
          <IconButton
            size="small"
            icon={Trash2}
            label={words.removeObject(title)}
            onClick={() => store.getState().run({ type: 'removeObjects', objects: [name] })}
          />
        )}
      </div>
      {object && <StartAt object={object} />}
      <InlineProblems problems={own} />
    </li>
  )
}

interface DisabledLineProps {
  readonly name: string
  readonly title: string
}

function DisabledLine({ name, title }: DisabledLineProps): ReactNode {
  const store = useEditorStore()
  const readOnly = useEditor(isReadOnly)
  return (
    <li className="flex items-center gap-2 px-3 py-2" title={words.disabledHint}>
      <span className="text-muted min-w-0 flex-1 truncate font-medium">{title}</span>
      <Badge icon={CirclePause}>{words.disabled}</Badge>
      {!readOnly && (
        <Button
          size="small"
          aria-label={words.enableObject(title)}
          onClick={() => store.getState().run({ type: 'enableObjects', objects: [name] })}
        >
          {words.enable}
        </Button>
      )}
    </li>
  )
}
