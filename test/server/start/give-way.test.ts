import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
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

test.runIf(existsSync('/proc/self/autogroup'))(
  'where Linux shares processors out between sessions, a worker gives way as one, and its server does not',
  async () => {
    const groupOf = (pid: number | undefined) => readFileSync(`/proc/${pid}/autogroup`, 'utf8').trim()
    const [ours, start] = [groupOf(process.pid), ['-e', 'process.stdin.resume()']]
    const apart = spawn(process.execPath, start, { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
    const ofOurs = spawn(process.execPath, start, { stdio: ['pipe', 'ignore', 'ignore'] })
    giveWay(ofOurs, 5)
    expect(groupOf(ofOurs.pid)).toBe(ours)
    // Linux grants one such wish in a tenth of a second to those who do not administrate it.
    const give = () => {
      giveWay(apart, 5)
      return groupOf(apart.pid)
    }
    await expect.poll(give).toMatch(/ nice 5$/)
    expect(groupOf(process.pid)).toBe(ours)
    for (const child of [apart, ofOurs]) {
      child.stdin.end()
      await once(child, 'exit')
    }
  },
)
