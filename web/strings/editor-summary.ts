import { catalogue } from './catalogue.ts'

/** The one line that a card says about its step. */
export const summaryStrings = catalogue({
  objects: (n: number) => (n === 0 ? 'No objects yet' : n === 1 ? '1 object' : `${n} objects`),
  fields: (n: number) => (n === 1 ? '1 field' : `${n.toLocaleString('en')} fields`),
  hashed: (n: number) => `${n.toLocaleString('en')} hashed`,
  disabled: (n: number) => `${n} disabled`,
  excluded: (n: number) => `${n.toLocaleString('en')} left out`,
  open: (n: number) => `${n.toLocaleString('en')} sensitive, not hashed`,
  nothingProtected: 'Every field as it is',
  noConnection: 'No connection yet',
  schema: (name: string) => `schema ${name}`,
  byHand: 'by hand',
  cron: (cron: string, zone: string) => `cron ${cron} (${zone})`,
  every: {
    m: (n: number) => (n === 1 ? 'every minute' : `every ${n} min`),
    h: (n: number) => (n === 1 ? 'every hour' : `every ${n} h`),
    d: (n: number) => (n === 1 ? 'every day' : `every ${n} days`),
  },
})
