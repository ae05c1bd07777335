import { expect, test } from 'vitest'
import { runSeed } from './run-seed.ts'

/** Small, so that a round takes seconds; `npm run chaos -- --seeds 50` is the long form. */
const workspace = {
  sizes: { contacts: 320, companies: 110, conversations: 30, tickets: 40, activityLogs: 30, articles: 20 },
  behaviour: { scrollExpirySeconds: 2, rateLimitPerApp: 0, goneOnRetrieve: 13 },
} as const

for (const { destination, seed } of [
  { destination: 'postgres', seed: 3 },
  { destination: 'duckdb', seed: 5 },
] as const) {
  test(`loses, doubles and mixes up nothing in ${destination}, whoever is killed (seed ${seed})`, async () => {
    const said: string[] = []
    const found = await runSeed({ seed, destination, kills: 2, workspace, say: (line) => said.push(line) })
    expect({ found, said: found.length > 0 ? said : [] }).toEqual({ found: [], said: [] })
  })
}
