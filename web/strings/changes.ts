import { catalogue } from './catalogue.ts'

/** The inbox of schema changes. */
export const changesText = catalogue({
  title: 'Schema changes',
  description:
    'Fields and objects that appeared, vanished or changed their type. A decision applies at once, and can be undone.',
  show: 'Show',
  open: 'Waiting',
  decided: 'Decided',
  allPipelines: 'All pipelines',
  pipeline: 'Pipeline',
  columns: {
    change: 'Change',
    pipeline: 'Pipeline',
    effect: 'What the next run does',
    seen: 'First seen',
    decision: 'Decision',
  },
  kinds: {
    added: 'New field',
    removed: 'Field vanished',
    type_changed: 'Type changed',
  },
  sensitive: 'Looks sensitive',
  decisions: { replicate: 'Add as is', hash: 'Add hashed', exclude: 'Ignore' },
  done: { replicate: 'Added as is.', hash: 'Added hashed.', exclude: 'Ignored.' },
  doneMany: (count: number) => `${count} changes decided.`,
  undone: 'Taken back.',
  undo: 'Take back',
  decidedBy: (name: string) => `by ${name}`,
  empty: 'No changes wait for you',
  emptyHint:
    'When a source gains, loses or changes a field, it appears here, with what the next run will do about it.',
  emptyDecided: 'Nothing was decided yet',
  selectAll: 'Select all',
  select: (name: string) => `Select ${name}`,
  selected: (count: number) => `${count} selected`,
})
