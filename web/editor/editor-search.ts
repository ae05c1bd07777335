import { oneOf, type RawSearch, textOf } from '../navigation/search-values.ts'

const views = ['canvas', 'outline', 'yaml'] as const
const tabs = ['objects', 'fields', 'settings'] as const
const drawers = ['problems', 'preview', 'run'] as const

/** What is open in the editor. It stands in the address, so that a reload, or a sign-in in between, comes back to it. */
export interface EditorPlace {
  /** Absent: the one that a window of this width opens with. */
  readonly view?: (typeof views)[number] | undefined
  /** The step whose panel is open. */
  readonly panel?: string | undefined
  readonly tab?: (typeof tabs)[number] | undefined
  readonly drawer?: (typeof drawers)[number] | undefined
}

/** Reads it from an address; what is not sound is left out. */
export function parseEditorPlace(search: RawSearch): EditorPlace {
  return {
    view: oneOf(search, 'view', views),
    panel: textOf(search, 'panel'),
    tab: oneOf(search, 'tab', tabs),
    drawer: oneOf(search, 'drawer', drawers),
  }
}
