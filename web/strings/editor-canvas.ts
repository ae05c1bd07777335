import { catalogue } from './catalogue.ts'

interface StepCounts {
  readonly errors: number
  readonly warnings: number
  readonly begun?: true
}

/** The canvas, its palette, pickers and menus. */
export const canvasStrings = catalogue({
  canvas: 'Pipeline canvas',
  help: 'Arrow keys move between steps. Enter opens a step. A adds a step after this one, Shift A before it. Alt with arrows moves the card; the order of the steps is fixed. D disables an object, P shows data. F2 renames, Delete removes. The menu key shows everything else.',
  helpReadOnly: 'Arrow keys move between steps. Enter shows the details of a step.',
  step: 'step',
  emptyPlace: 'empty place',
  kinds: {
    source: 'Source',
    object: 'Object',
    protection: 'Protection',
    destination: 'Destination',
    note: 'Note',
    slot: 'Empty place',
  },
  /** Of a connection whose name is on its way. */
  nameComing: '…',
  slot: { source: 'Choose a source', destination: 'Choose a destination' },
  slotHint: { source: 'Where records come from', destination: 'Where tables land' },
  mode: { incremental: 'Incremental', full_refresh: 'Full refresh' },
  disabled: 'Disabled',
  disabledObject: 'Not read; its table stays as it is',
  cannotDisable: {
    source: 'The source cannot be disabled. Disable its objects, or pause the pipeline in the list.',
    protection:
      'Protection cannot be disabled: every field would land as it is. Remove the step if you mean that.',
    destination: 'The destination cannot be disabled. Pause the pipeline in the list instead.',
    object: '',
    note: 'A note does nothing, so there is nothing to disable.',
    slot: 'Nothing is here yet.',
  },
  noteEmpty: 'Empty note',
  /** A card's mark, in the words that the header counts in: warnings are told where nothing graver is. */
  marked: ({ errors, warnings, begun }: StepCounts) => {
    if (errors === 0) return warnings === 1 ? '1 warning' : `${warnings} warnings`
    if (begun) return errors === 1 ? '1 step left' : `${errors} steps left`
    return errors === 1 ? '1 problem' : `${errors} problems`
  },
  cardLabel: (name: string, kind: string, place: string, more: string) =>
    [`${name}, ${kind.toLowerCase()}`, place, more].filter(Boolean).join('. '),
  place: (index: number, count: number) => `Step ${index} of ${count}`,
  palette: 'Add to the pipeline',
  paletteSources: 'Sources',
  paletteProtect: 'Protection',
  paletteDestinations: 'Destinations',
  paletteNotes: 'Notes',
  protect: 'Protect fields',
  note: 'Note',
  dragHint: 'Press to add, or drag to its place',
  newConnection: (title: string) => `New ${title} connection …`,
  newSource: 'Connect a source …',
  newDestination: 'Connect a destination …',
  pick: {
    source: 'Choose a source',
    protection: 'Add a step',
    destination: 'Choose a destination',
  },
  pickHint: {
    source: 'A saved connection, or a new one.',
    protection: 'What goes between source and destination.',
    destination: 'A saved connection, or a new one.',
  },
  pickSearch: 'Search',
  protectWhy: 'Hashes every sensitive field before anything is written; change it field by field',
  taken: {
    source: 'There is a source already. Its panel changes the connection.',
    destination: 'There is a destination already. Its panel changes the connection.',
    protection: 'Fields are protected already. The step’s panel shows how.',
  },
  needsSource: 'Choose a source first',
  toolbar: 'Canvas view',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Show everything',
  tidy: 'Tidy',
  objectCards: 'Show each object as a card',
  minimap: 'Overview of the canvas',
  insertProtection: 'Protect fields here',
  menu: {
    open: 'Open',
    addAfter: 'Add after',
    addBefore: 'Add before',
    rename: 'Rename',
    copy: 'Copy',
    cut: 'Cut',
    paste: 'Paste',
    duplicate: 'Duplicate',
    disable: 'Disable',
    enable: 'Enable',
    remove: 'Remove',
    addNote: 'Add a note',
    tidy: 'Tidy the canvas',
    preview: 'Preview data',
  },
  renameTitle: 'Rename the step',
  renameLabel: 'Name on the canvas',
  said: {
    at: (name: string, kind: string, index: number, count: number) =>
      `${name}, ${kind.toLowerCase()}, ${index} of ${count}`,
    done: (what: string) => `Done: ${what}`,
    undone: (what: string) => `Undone: ${what}`,
    redone: (what: string) => `Done again: ${what}`,
    nothingToUndo: 'Nothing to undo',
    nothingToRedo: 'Nothing to do again',
    removed: (name: string, left: number) =>
      `${name} removed. ${left === 1 ? '1 step' : `${left} steps`} left. Ctrl+Z brings it back`,
    added: (name: string, index: number, count: number) => `${name} added, ${index} of ${count}`,
    selected: (n: number) => `${n} selected`,
    copied: (n: number) => (n === 1 ? '1 step copied' : `${n} steps copied`),
    nothingToPaste: 'There is no copied step to paste',
    disableObjects: (names: string) => `${names} disabled. Its settings are kept; its table stays as it is`,
    enableObjects: (names: string) => `${names} enabled`,
    tidied: 'The canvas is tidy',
    moved: 'Moved',
  },
  notRead: 'Not read in this run',
  live: {
    queued: 'Queued',
    extracting: 'Extracting',
    loading: 'Loading',
    done: 'Done',
    warning: 'Warning',
    failed: 'Failed',
    skipped: 'Skipped',
    cancelled: 'Cancelled',
  },
})
