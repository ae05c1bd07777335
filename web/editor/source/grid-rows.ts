import { findObject } from '../document/catalogue.ts'
import type { Catalogue, CatalogueField, CatalogueObject } from '../document/catalogue.ts'
import type { DraftDocument, Protection } from '../document/draft-document.ts'
import { rememberChoice } from '../document/remember-choice.ts'
import { isProtected, openFields } from '../document/summarise-step.ts'
import { type RowPart, RowList } from './row-list.ts'
import { needleOf, searchObject } from './search-object.ts'

/** Which rows the grid shows. `open`: sensitive fields that land as they are. */
export type GridTab = 'all' | 'selected' | 'hashed' | 'open' | 'changed'

export interface GridFilter {
  readonly tab: GridTab
  readonly query: string
  /** Objects whose fields are shown. A search, and a tab that picks fields, open by themselves. */
  readonly open: ReadonlySet<string>
}

interface GridSubject {
  readonly catalogue: Catalogue
  readonly objects: DraftDocument['objects']
  /** What is published, for the tab of changes. */
  readonly published: DraftDocument['objects'] | undefined
}

/** The rows in sight, in the catalogue's order. */
export function gridRows({ catalogue, objects, published }: GridSubject, filter: GridFilter): RowList {
  const needle = needleOf(filter.query)
  const picks = picker(filter.tab, objects, published)
  const parts: RowPart[] = []
  for (const object of catalogue.objects) {
    const isChosen = Object.hasOwn(objects, object.name)
    if (filter.tab !== 'all' && filter.tab !== 'changed' && !isChosen) continue
    const found = searchObject(object, needle)
    const fields = picks ? found.fields.filter(({ row }) => picks(object, row.field)) : found.fields
    if ((needle !== '' && fields.length === 0 && !found.isNamed) || (picks && fields.length === 0)) continue
    const isOpen = filter.open.has(object.name) || picks || (needle !== '' && !found.isNamed)
    parts.push({ head: found.head, fields: isOpen ? fields : [] })
  }
  return new RowList(parts)
}

/** How many fields each tab would show. */
export function countTabs({ catalogue, objects, published }: GridSubject): Readonly<Record<GridTab, number>> {
  const chosen = Object.keys(objects).flatMap((name) => findObject(catalogue, name) ?? [])
  const counts = chosen.map((object) => countProtected(object, objects[object.name] ?? null))
  const isChanged = published && picker('changed', objects, published)
  const changed = isChanged
    ? catalogue.objects.map((object) => object.fields.filter((field) => isChanged(object, field)).length)
    : []
  return {
    all: catalogue.objects.length,
    selected: chosen.length,
    hashed: sumOf(counts.map(({ hashed }) => hashed)),
    open: sumOf(counts.map(({ open }) => open)),
    changed: sumOf(changed),
  }
}

const countProtected = rememberChoice((object, choice) => {
  const chosen = choice?.fields ?? {}
  return {
    hashed: object.fields.filter(({ path }) => chosen[path] === 'hash').length,
    open: openFields(object.fields, chosen).length,
  }
})

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

/** What is in force for a field: its own protection, or that of the column it lies in. */
export function protectionOf(
  path: string,
  fields: Readonly<Record<string, Protection>> | undefined,
): { readonly protection: Protection; readonly inheritedFrom?: string } {
  const own = fields?.[path]
  if (fields === undefined || own !== undefined) return { protection: own ?? 'replicate' }
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const around = path.slice(0, dot)
    const protection = fields[around]
    if (protection === 'hash' || protection === 'exclude') return { protection, inheritedFrom: around }
  }
  return { protection: 'replicate' }
}

type Pick = (object: CatalogueObject, field: CatalogueField) => boolean

/** Whether a tab shows a field; undefined where it shows all. */
function picker(
  tab: GridTab,
  objects: DraftDocument['objects'],
  published: DraftDocument['objects'] | undefined,
): Pick | undefined {
  const fieldsOf = (name: string): Readonly<Record<string, Protection>> => objects[name]?.fields ?? {}
  switch (tab) {
    case 'all':
    case 'selected':
      return undefined
    case 'hashed':
      return ({ name }, { path }) => fieldsOf(name)[path] === 'hash'
    case 'open':
      return ({ name }, { path, sensitive, keyReason }) =>
        sensitive !== undefined && keyReason === undefined && !isProtected(path, fieldsOf(name))
    case 'changed':
      return ({ name }, { path, discovered }) =>
        discovered === true ||
        (published !== undefined &&
          (published[name]?.fields?.[path] ?? 'replicate') !== (fieldsOf(name)[path] ?? 'replicate'))
  }
}
