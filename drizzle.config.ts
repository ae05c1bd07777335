import { defineConfig } from 'drizzle-kit'

/** Where the tables of the server live and where their migrations are written . */
export default defineConfig({
  dialect: 'postgresql',
  schema: './server/store/tables/*.ts',
  out: './server/store/migrations',
  casing: 'snake_case',
  schemaFilter: ['public'],
  migrations: { schema: 'public', table: 'migrations' },
})
