import { expect, inject, test } from 'vitest'
import { playTakeOver } from './take-over.ts'

const seed = 7

test(`runs of a worker that is killed, or stopped, go on elsewhere and lose nothing (seed ${seed})`, async () => {
  const said: string[] = []
  const found = await playTakeOver({
    serverUrl: inject('postgresUrl'),
    seed,
    say: (line) => said.push(line),
  })
  expect({ found, said: found.length > 0 ? said : [] }).toEqual({ found: [], said: [] })
})
