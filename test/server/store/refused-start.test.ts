import { migrateDatabase } from '@penstock/server/store/migrate.ts'
import { expect, test } from 'vitest'
import { createDatabase } from '../../create-database.ts'

test('a database that is not there, or takes no changes, is told at the start with what to do', async () => {
  const database = await createDatabase()
  try {
    await expect(migrateDatabase(`${database.url}_gone`.replace(/(\?.*)(_gone)$/, '$2$1'))).rejects.toThrow(
      /^Penstock’s own PostgreSQL refuses: database ".*" does not exist. Look at .* in DATABASE_URL/,
    )
    const name = new URL(database.url).pathname.slice(1)
    await database.sql.unsafe(`alter database ${name} set default_transaction_read_only = on`)
    await expect(migrateDatabase(database.url)).rejects.toThrow(/read-only transaction. It takes no changes/)
  } finally {
    await database.drop()
  }
})
