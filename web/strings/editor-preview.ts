import { catalogue } from './catalogue.ts'

/** The look at the data: its grid and one value of it. */
export const previewStrings = catalogue({
  pick: 'Object',
  side: 'Before or after protection',
  before: 'Before protection',
  after: 'After protection',
  load: 'Load 50 records',
  hint: 'Fetched now, never stored. Looking at records before protection is written to the audit log.',
  empty: 'The source has no record to show.',
  nothing: 'Choose a source and an object first.',
  grid: (object: string, records: number) =>
    `${object}, ${records === 1 ? '1 record' : `${records} records`}. Arrow keys move, Enter shows the whole value, Ctrl+C copies it.`,
  rejected: (n: number) => (n === 1 ? '1 record cannot land:' : `${n} records cannot land:`),
  protection: { replicate: '', hash: 'hashed', exclude: 'left out' },
  full: 'always filled',
  share: (percent: number) => `${percent} % empty`,
  allEmpty: 'always empty',
  fewEmpty: 'below 1 % empty',
  none: 'empty',
  copied: 'The value is copied',
  notCopied: 'The browser does not let the value be copied',
  valueOf: (field: string, record: number) => `${field}, record ${record}`,
  valueHint: (type: string, side: string) => `${type} · ${side}`,
  cut: (bytes: number) =>
    `Only its first 2 kB were fetched; the whole value has ${bytes.toLocaleString('en')} bytes.`,
  copyValue: 'Copy the value',
  noValue: 'The record has no value here.',
})
