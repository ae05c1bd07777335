import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '@penstock/server/postgres/start-embedded.ts'
import { playRollingRestart } from './rolling-restart.ts'
import { playTakeOver } from './take-over.ts'

/**
 * `node test/chaos/server-main.ts [seeds] [first seed]`: workers that are killed, stopped, woken and replaced while they carry runs, at
 * moments that the seed draws. Ends with 1 where a promise was broken.
 */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
const [seeds, first] = [Number(process.argv[2] ?? 10), Number(process.argv[3] ?? 1)]
const folder = await mkdtemp(join(tmpdir(), 'penstock-server-chaos-'))
const postgres = await startEmbedded(join(folder, 'postgres'), { max_connections: '200' })
const input = { serverUrl: postgres.url, say: (line: string) => console.log(`  ${line}`) }
let broken = 0
try {
  for (let seed = first; seed < first + seeds; seed++) {
    const found = [
      ...(await playTakeOver({ ...input, seed })),
      ...(await playRollingRestart({ ...input, seed, restarts: 5 })),
    ]
    console.log(`${found.length === 0 ? '✓' : '✗'} seed ${seed}`)
    for (const line of found) console.log(`    ${line.slice(0, 1200)}`)
    if (found.length > 0) broken += 1
  }
} finally {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
console.log(broken === 0 ? 'Every promise was kept.' : `${broken} seeds broke a promise.`)
process.exit(broken === 0 ? 0 : 1)
