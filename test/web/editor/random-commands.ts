import type { Command } from '@penstock/web/editor/document/command.ts'

const objects = ['contacts', 'companies', 'tickets', 'contact_tag', 'strange/~name', 'constructor']
const paths = ['id', 'email', 'phone', 'location', 'location.city', 'tags', 'toString', 'a~b/c']

/** Any command a person could give, sensible or not. */
export function randomCommand(random: () => number, depth = 0): Command {
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!
  const some = <T>(choices: readonly T[]): readonly T[] => choices.filter(() => random() < 0.4)
  const text = (): string => pick(['', 'a', 'Support', 'Données – 日本', '"quoted"', 'x'.repeat(80)])
  const connection = (): string => pick(['c1', 'c2', 'd1'])
  const makers: readonly (() => Command)[] = [
    () => ({ type: 'renamePipeline', name: text() }),
    () => ({
      type: 'addSource',
      source: { connector: 'intercom', connection: connection() },
      objects: some(objects),
    }),
    () => ({ type: 'removeSource' }),
    () => ({ type: 'setSourceConnection', connection: connection() }),
    () => ({ type: 'addObjects', objects: some(objects), protect: { contacts: { email: 'hash' } } }),
    () => ({ type: 'addObjects', objects: some(objects) }),
    () => ({ type: 'removeObjects', objects: some(objects) }),
    () => ({ type: 'disableObjects', objects: some(objects) }),
    () => ({ type: 'enableObjects', objects: some(objects) }),
    () => ({
      type: 'setStartAt',
      object: pick(objects),
      startAt: pick([undefined, '2026-01-01', '2025-06-30']),
    }),
    () => ({ type: 'addProtection' }),
    () => ({ type: 'removeProtection' }),
    () => ({
      type: 'setProtection',
      fields: Object.fromEntries(some(objects).map((name) => [name, some(paths)])),
      protection: pick(['replicate', 'hash', 'exclude']),
    }),
    () => ({ type: 'setSchemaChanges', policy: pick(['auto_sync', 'block']) }),
    () => ({ type: 'setNewFields', policy: pick(['hash_sensitive', 'replicate', 'hash']) }),
    () => ({ type: 'setSchedule', schedule: pick([undefined, { every: '15m' }, { cron: '0 6 * * *' }]) }),
    () => ({ type: 'setConcurrency', concurrency: pick([undefined, 1, 8]) }),
    () => ({ type: 'addDestination', destination: { type: 'postgres', connection: 'd1', schema: text() } }),
    () => ({ type: 'removeDestination' }),
    () => ({ type: 'setDestinationConnection', connectionType: 'duckdb', connection: connection() }),
    () => ({ type: 'setNamespace', namespace: text() }),
    () => ({ type: 'replaceDocument', document: { name: text(), objects: { contacts: null, tickets: {} } } }),
    () => ({ type: 'setValue', pointer: '/objects/contacts/fields/email', value: pick(['hash', undefined]) }),
    () => ({ type: 'renameStep', step: pick(['source', 'destination']), name: text() }),
    () => ({
      type: 'moveSteps',
      to: { [pick(['source', 'note:n1'])]: { x: random() * 100, y: random() * 100 } },
    }),
    () => ({ type: 'tidy' }),
    () => ({ type: 'showObjectCards', shown: random() < 0.5 }),
    () => ({ type: 'addNote', id: pick(['n1', 'n2']), note: { text: text(), x: 1, y: 2 } }),
    () => ({ type: 'setNoteText', id: pick(['n1', 'n2']), text: text() }),
    () => ({ type: 'removeNote', id: pick(['n1', 'n2']) }),
    () =>
      depth > 1
        ? { type: 'tidy' }
        : {
            type: 'batch',
            label: 'several',
            commands: [randomCommand(random, depth + 1), randomCommand(random, depth + 1)],
          },
  ]
  return pick(makers)()
}
