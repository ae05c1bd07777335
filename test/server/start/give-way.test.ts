import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { getPriority } from 'node:os'
import { giveWay } from '@penstock/server/start/give-way.ts'
import { expect, test } from 'vitest'

test('a worker beside the server gives way to it, also where the server itself gives way to others', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  giveWay(child, 5)
  expect(getPriority(child.pid)).toBe(Math.min(getPriority() + 5, 19))
  child.stdin.end()
  await once(child, 'exit')
  // It is gone: nothing happens.
  giveWay(child, 5)
})
