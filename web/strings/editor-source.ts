import { catalogue } from './catalogue.ts'

/** The source panel: objects, fields, protection, what a schema change does. */
export const sourceStrings = catalogue({
  tabs: { objects: 'Objects', fields: 'Fields', settings: 'Settings' },
  health: { healthy: 'Healthy', untested: 'Not tested yet', broken: 'Needs attention' },
  addObjects: 'Add objects',
  addObjectsHint: 'Each object lands as one table.',
  add: (n: number) => (n === 0 ? 'Add' : n === 1 ? 'Add 1 object' : `Add ${n} objects`),
  search: 'Search objects',
  recommended: (n: number) => `Recommended (${n})`,
  clear: 'Clear',
  groups: { core: 'Core', extended: 'Extended', derived: 'Derived from another object' },
  mode: { incremental: 'Incremental', full_refresh: 'Full refresh' },
  modeHint: {
    incremental: 'Only what changed is read',
    full_refresh: 'Read as a whole each time',
  },
  startSupported: 'Start date',
  startSupportedHint: 'You can say from when on records are picked up',
  scope: { granted: 'Granted', missing: 'Not granted', unknown: 'Not checked' },
  scopeOf: (scope: string) => `Scope: ${scope}`,
  sensitive: (n: number) => (n === 1 ? '1 sensitive field' : `${n} sensitive fields`),
  parentComes: (parents: string) => `${parents} comes along: the others are read out of its records.`,
  allChosen: 'Every object is in the pipeline already.',
  noObjects: 'No objects yet',
  noObjectsHint: 'Choose what this pipeline reads.',
  fieldsOf: (fields: number, hashed: number) =>
    hashed > 0 ? `${fields} fields, ${hashed} hashed` : fields === 1 ? '1 field' : `${fields} fields`,
  removeObject: (title: string) => `Remove ${title}`,
  disableObject: (title: string) => `Disable ${title}: it is read no more, and keeps its settings`,
  enableObject: (title: string) => `Enable ${title}`,
  enable: 'Enable',
  disabled: 'Disabled',
  disabledHint:
    'Runs do not read it, and its table stays as it is. What was chosen for it is kept beside the pipeline; exported files leave it out.',
  readOutOf: (parent: string) => `Read out of ${parent}`,
  startAt: 'When first started, pick up records from',
  startAtFor: (title: string) => `${title}: when first started, pick up records from`,
  startAtShort: 'Pick up records from',
  startAtNone: 'the beginning, or from',
  wholeEachTime: {
    full_refresh: 'No start date: read as a whole each time',
    incremental: 'No start date: the API offers none',
  },
  grid: 'Objects and fields',
  gridHelp:
    'Arrow keys move, right and left open and close an object. H hashes, R replicates as is, Space syncs or leaves out, E shows sample values. Shift with arrows selects several, Ctrl+A all.',
  searchFields: 'Search objects and fields',
  gridTabs: {
    all: (n: number) => (n === 1 ? '1 object' : `${n.toLocaleString('en')} objects`),
    selected: (n: number) => `${n.toLocaleString('en')} selected`,
    hashed: (n: number) => (n === 1 ? '1 hashed field' : `${n.toLocaleString('en')} hashed fields`),
    open: (n: number) =>
      n === 1 ? '1 sensitive field as is' : `${n.toLocaleString('en')} sensitive fields as is`,
    changed: (n: number) => (n === 1 ? '1 changed field' : `${n.toLocaleString('en')} changed fields`),
  },
  hashAll: (n: number) => `Hash all sensitive fields (${n.toLocaleString('en')})`,
  /** Inside a hashed column nothing is hashed by itself: counted apart, so that the two counts of the screen add up. */
  hashedAll: (n: number, inside: number) =>
    `${n === 1 ? '1 field is' : `${n.toLocaleString('en')} fields are`} hashed now${
      inside === 0 ? '' : `, which covers ${inside.toLocaleString('en')} more inside of them`
    }`,
  columns: { field: 'Field', type: 'Type', sample: 'Sample', protection: 'Protection' },
  protection: { replicate: 'Replicate as is', hash: 'Hash', exclude: 'Do not sync' },
  protectionFor: (object: string, path: string) => `Protection of ${object} ${path}`,
  inherited: {
    hash: (column: string) => `Hashed with ${column}`,
    exclude: (column: string) => `Left out with ${column}`,
    replicate: (_column: string) => '',
  },
  samples: {
    word: { none: 'Show samples', loading: 'Reading …', shown: 'Read again', failed: 'Try again' },
    of: (act: string, title: string) => `${act}: ${title}`,
    loading: (title: string) => `Reading some records of ${title}`,
    said: (title: string, n: number) =>
      n === 0
        ? `The source has no records of ${title} to show`
        : `Sample values of ${title} are shown, personal ones masked`,
    none: 'No value in the records that were read, or left out',
    failed: 'The source did not answer.',
  },
  key: 'Key',
  keyLocked: 'Always as it is',
  sensitiveTag: 'Sensitive',
  newField: 'New',
  notSynced: 'Not in the pipeline',
  syncObject: (title: string) => `Sync ${title}`,
  objectCounts: (fields: number, hashed: number, open: number) =>
    [
      fields === 1 ? '1 field' : `${fields} fields`,
      hashed > 0 ? `${hashed} hashed` : '',
      open > 0 ? `${open} sensitive as is` : '',
    ]
      .filter(Boolean)
      .join(' · '),
  /** The same where there is little room: what asks for something goes before what does not. */
  objectCountsShort: (fields: number, hashed: number, open: number) => {
    if (open > 0) return `${open} sensitive as is`
    const all = fields === 1 ? '1 field' : `${fields} fields`
    return hashed > 0 ? `${all} · ${hashed} hashed` : all
  },
  nothing: 'Nothing matches.',
  nothingOpen: 'No sensitive field lands as it is.',
  selectedRows: (n: number) => `${n.toLocaleString('en')} rows selected`,
  said: {
    protection: (what: string, word: string) => `${what}: ${word}`,
    keyCannot: (reason: string) => `It cannot be protected. ${reason}`,
    notChosen: (title: string) => `${title} is not in the pipeline. Press Space on it to add it`,
    fields: (n: number) => `${n.toLocaleString('en')} fields`,
  },
  protectionLater:
    'Rows that have landed keep their old value until the object is synced again from the start.',
  policy: 'When the source’s schema changes',
  policyHint: 'What happens on the next run, by itself or after a decision.',
  policyChoice: { auto_sync: 'Apply by itself', block: 'Wait for a decision' },
  policyWords: {
    auto_sync: 'New fields are taken up without asking. An object of its own is only read once you add it.',
    block: 'What is new or different is left out until someone decides, in Schema changes.',
  },
  newFields: 'New fields land',
  newFieldsChoice: {
    hash_sensitive: 'Hashed where they look sensitive',
    hash: 'Always hashed',
    replicate: 'As they are',
  },
  truth: {
    change: 'What changes',
    happens: 'What happens',
    newField: 'A field appears',
    removedField: 'A field vanishes',
    typeChange: 'A field changes its type',
    newObject: 'An object appears',
    auto_sync: {
      hash_sensitive: 'A column is added; hashed where it looks sensitive',
      hash: 'A column is added, hashed',
      replicate: 'A column is added, as it is',
    },
    block: 'It is left out, and waits in Schema changes',
    keepsColumn: 'The column stays, and is empty from then on',
    widens: 'The column becomes text if it must; old rows keep their value',
    typeBlocked: 'Records whose value does not fit are rejected and counted until someone decides',
    object: 'Nothing is read of it until you add it here',
  },
  notes: 'Good to know',
})
