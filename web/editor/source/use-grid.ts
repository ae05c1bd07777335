import { startTransition, useCallback, useEffect, useMemo, useState } from 'react'
import { announce } from '../../ui/live-region.tsx'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import type { Catalogue } from '../document/catalogue.ts'
import type { Protection } from '../document/draft-document.ts'
import { useEditor, useEditorStore } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import { countTabs, gridRows, protectionOf } from './grid-rows.ts'
import type { GridTab } from './grid-rows.ts'
import type { GridRow, RowList } from './row-list.ts'
import { searchWithPauses } from './search-object.ts'

const objectsOf = (state: EditorState): EditorState['content']['document']['objects'] =>
  state.content.document.objects

export interface GridInput {
  readonly catalogue: Catalogue
  readonly published: EditorState['content']['document']['objects'] | undefined
  readonly firstTab: GridTab
  readonly firstOpen?: string | undefined
}

export interface Grid {
  readonly rows: RowList
  readonly counts: Readonly<Record<GridTab, number>>
  readonly tab: GridTab
  readonly open: ReadonlySet<string>
  readonly objects: EditorState['content']['document']['objects']
  readonly setTab: (tab: GridTab) => void
  /** Shows what has a text in it, when there is time. */
  readonly search: (text: string) => void
  readonly toggle: (object: string) => void
  readonly sync: (object: string, synced: boolean) => void
  /** Protects fields, or all sensitive ones of an object row; says what happened, or why not. */
  readonly protect: (rows: readonly GridRow[], protection: Protection) => void
}

/** The grid's state: filter, open objects, and its commands. */
export function useGrid({ catalogue, published, firstTab, firstOpen }: GridInput): Grid {
  const store = useEditorStore()
  const objects = useEditor(objectsOf)
  const [tab, setTab] = useState(firstTab)
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpenSet(catalogue, objects, firstOpen))
  const rows = useMemo(
    () => gridRows({ catalogue, objects, published }, { tab, query, open }),
    [catalogue, objects, published, tab, query, open],
  )
  const counts = useMemo(() => countTabs({ catalogue, objects, published }), [catalogue, objects, published])
  const search = useMemo(
    () => searchWithPauses(catalogue.objects, (text) => startTransition(() => setQuery(text))),
    [catalogue],
  )
  useEffect(() => () => search(undefined), [search])
  const toggle = useCallback((object: string) => setOpen((before) => toggled(before, object)), [])
  const sync = useCallback(
    (object: string, synced: boolean) => {
      const { run } = store.getState()
      run({ type: synced ? 'addObjects' : 'removeObjects', objects: [object] })
    },
    [store],
  )
  const protect = useCallback(
    (chosen: readonly GridRow[], protection: Protection) => protectRows(store.getState(), chosen, protection),
    [store],
  )
  return { rows, counts, tab, open, objects, setTab, search, toggle, sync, protect }
}

function protectRows(state: EditorState, rows: readonly GridRow[], protection: Protection): void {
  const { objects } = state.content.document
  const fields: Record<string, string[]> = {}
  let refusal: string | undefined
  for (const row of rows) {
    const { object } = row
    const chosen = Object.hasOwn(objects, object.name)
    if (!chosen) refusal = words.said.notChosen(object.title)
    const candidates = row.kind === 'field' ? [row.field] : object.fields.filter(({ sensitive }) => sensitive)
    for (const field of candidates) {
      if (field.keyReason !== undefined) refusal = words.said.keyCannot(field.keyReason)
      else if (chosen) (fields[object.name] ??= []).push(field.path)
    }
  }
  const count = Object.values(fields).reduce((sum, paths) => sum + paths.length, 0)
  const [first] = Object.entries(fields)
  if (first === undefined || count === 0) return announce(refusal ?? words.nothing)
  state.run({ type: 'setProtection', fields, protection })
  const what = count === 1 ? `${first[0]}.${first[1][0] ?? ''}` : words.said.fields(count)
  announce(words.said.protection(what, words.protection[protection]))
}

/** Space on fields: leaves them out, or, where all are left out already, replicates them again. */
export function toggledProtection(rows: readonly GridRow[], objects: Grid['objects']): Protection {
  const isOut = (row: GridRow): boolean =>
    row.kind === 'field' &&
    protectionOf(row.field.path, objects[row.object.name]?.fields).protection === 'exclude'
  return rows.every(isOut) ? 'replicate' : 'exclude'
}

/** One object is open at first: the one that was asked for, or the first that is chosen. */
function firstOpenSet(
  catalogue: Catalogue,
  objects: Grid['objects'],
  asked: string | undefined,
): ReadonlySet<string> {
  const first = asked ?? catalogue.objects.find(({ name }) => Object.hasOwn(objects, name))?.name
  return new Set(first === undefined ? [] : [first])
}

function toggled(set: ReadonlySet<string>, value: string): ReadonlySet<string> {
  const next = new Set(set)
  if (!next.delete(value)) next.add(value)
  return next
}
