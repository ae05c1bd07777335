import { expect, inject, test } from 'vitest'
import { playRollingRestart } from './rolling-restart.ts'

const seed = 11

test(`runs go on under their ids while the workers are replaced one after the other (seed ${seed})`, async () => {
  const said: string[] = []
  const found = await playRollingRestart({
    serverUrl: inject('postgresUrl'),
    seed,
    restarts: 2,
    say: (line) => said.push(line),
  })
  expect({ found, said: found.length > 0 ? said : [] }).toEqual({ found: [], said: [] })
})
