import { catalogue } from './catalogue.ts'

/** What the editor's rules say: the fault, and what to do about it. */
export const problemStrings = catalogue({
  noName: { message: 'The pipeline has no name.', fix: 'Write one at the top.' },
  longName: { message: 'The name is longer than 200 characters.', fix: 'Shorten it.' },
  noSource: { message: 'The pipeline has no source.', fix: 'Choose where records come from.' },
  noDestination: { message: 'The pipeline has no destination.', fix: 'Choose where tables land.' },
  noConnection: { message: 'No connection is chosen.', fix: 'Choose one, or make a new one.' },
  connectionGone: {
    message: 'The chosen connection no longer exists.',
    fix: 'Choose another connection.',
  },
  connectionBroken: (name: string, detail?: string) => ({
    message: `${name} does not work${detail ? `: ${detail.replace(/\.$/, '')}` : ''}.`,
    fix: 'Connect the account again, or choose another connection.',
  }),
  connectionUntested: (name: string) => ({
    message: `${name} has not been tested yet.`,
    fix: 'Test it, so that the first run holds no surprise.',
  }),
  noObjects: { message: 'No objects are chosen.', fix: 'Add at least one object.' },
  unknownObject: (name: string, connector: string) => ({
    message: `${connector} has no object named ${name}.`,
    fix: 'Remove it.',
  }),
  missingScope: (title: string, scope: string) => ({
    message: `The account did not grant “${scope}”, so ${title} will be skipped.`,
    fix: 'Grant the scope and connect again, or remove the object.',
  }),
  removeObject: (title: string) => `Remove ${title}`,
  parentExcluded: (name: string, parent: string, path: string) => ({
    message: `${name} is read out of ${parent}.${path}, which this pipeline leaves out.`,
    fix: `Replicate ${parent}.${path}, or remove ${name}.`,
  }),
  replicate: (path: string) => `Replicate ${path}`,
  noStartDate: (title: string, why?: string) => ({
    message: why ?? `${title} has no start date.`,
    fix: 'Remove the start date.',
  }),
  removeStart: 'Remove the start date',
  badDate: (text: string) => ({
    message: `“${text}” is not a date.`,
    fix: 'Write a date such as 2026-01-01.',
  }),
  protectedKey: (path: string, why: string) => ({
    message: `${path} cannot be hashed or left out: ${why}`,
    fix: `Replicate ${path} as it is.`,
  }),
  openFields: (title: string, paths: readonly string[]) => ({
    message:
      paths.length === 1
        ? `${title}: ${paths[0]} is sensitive and lands as it is.`
        : `${title}: ${paths.length} sensitive fields land as they are (${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ' …' : ''}).`,
    fix: 'Hash them, or leave them out.',
  }),
  hashThem: (n: number) => (n === 1 ? 'Hash it' : `Hash all ${n}`),
  concurrency: {
    message: 'The concurrency is not a whole number of at least 1.',
    fix: 'Write a number such as 4, or leave it empty for no limit of your own.',
  },
  interval: { message: 'This is no interval.', fix: 'Write a number and m, h or d: 15m, 2h, 1d.' },
  tooOften: { message: 'This is less than 15 minutes.', fix: 'Use 15 minutes or more.' },
  tooSeldom: { message: 'This is more than a day.', fix: 'Use a day or less, or a cron expression.' },
  cronFields: {
    message: 'A cron expression has five fields.',
    fix: 'Write minute, hour, day of month, month, day of week: */20 6-22 * * 1-5.',
  },
  zone: (zone: string) => ({
    message: `There is no time zone named ${zone}.`,
    fix: 'Choose one such as Europe/Dublin.',
  }),
  noNamespace: { message: 'The namespace is empty.', fix: 'Name the schema the tables land in.' },
  longNamespace: { message: 'The namespace is longer than 63 bytes.', fix: 'Shorten it.' },
  wordNamespace: (name: string) => ({
    message: `${name} is a word of SQL: whoever queries the tables has to write "${name}", in quotes.`,
    fix: 'Choose another name to spare them that.',
  }),
  quotedNamespace: (name: string) => ({
    message: `Whoever queries the tables has to write "${name}", in quotes: only lower-case letters, digits and _ go without.`,
    fix: 'Choose a name such as intercom_data to spare them that.',
  }),
  reservedNamespace: (name: string) => ({
    message: `${name} belongs to the database itself.`,
    fix: 'Choose another name.',
  }),
})
