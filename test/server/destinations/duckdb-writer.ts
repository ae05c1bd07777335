import { DuckDBDestination } from '@penstock/server/destinations/duckdb.ts'
import { contacts } from '../../contracts/destination/rows-of-tests.ts'

/** Gives its table another column, then goes on where the checkpoint stands, ten rows at a time, until it is killed. */
const destination = new DuckDBDestination(process.argv[2] ?? '', 'landed')
const tables = await destination.open([contacts], { run: `run_${process.pid}`, source: 'workspace_1' })
await tables.alter({ ...contacts, columns: [...contacts.columns, { field: 'note', type: 'text' }] })
for (let commit = tables.checkpoints.get('contacts')?.through ?? 0; ; commit += 1) {
  process.stdout.write(`${commit}\n`)
  const rows = Array.from({ length: 10 }, (_, index) => [`id${commit * 10 + index}`, 'x', 1, 'y'])
  const checkpoints = new Map([['contacts', { version: 1 as const, through: commit + 1 }]])
  await tables.commit({ batches: [{ object: 'contacts', rows }], rejected: [], checkpoints })
}
