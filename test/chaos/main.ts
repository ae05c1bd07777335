import { readChaosOptions } from './chaos-options.ts'
import { measureRepeats } from './measure-repeats.ts'
import { runSeed } from './run-seed.ts'

/**
 * `npm run chaos -- --seeds N`: real processes, killed again and again, against a workspace that misbehaves, and the promises that must
 * hold all the same. A seed that fails can be played again with `--seeds 1 --seed S --destination D`; what is drawn is the same,
 * although the moments of real processes are not. `--repeats` measures instead what a kill
 * costs, with `--latency` milliseconds an answer. Ends with 1 where a promise was broken.
 */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
const options = readChaosOptions(process.argv.slice(2))
const destinations =
  options.destination === 'both' ? (['postgres', 'duckdb'] as const) : ([options.destination] as const)
if (options.repeats) {
  for (const destination of destinations)
    for await (const found of measureRepeats(destination, options.latencyMs)) {
      const { objects, latencyMs, sent, underWay, after, answeredAgain, sentAgain } = found
      const share = (count: number) => `${((100 * count) / sent).toFixed(1)} %`
      console.log(
        `${destination}, ${objects.join(' and ')}, ${latencyMs} ms an answer, killed after ${sent} requests, ${underWay} under way: ` +
          `${answeredAgain} answers were asked for again (${share(answeredAgain)}), with what was under way ` +
          `${answeredAgain + sentAgain} requests (${share(answeredAgain + sentAgain)}); ${after} requests after it`,
      )
    }
  process.exit(0)
}
let broken = 0
for (let seed = options.seed; seed < options.seed + options.seeds; seed++) {
  for (const destination of destinations) {
    const lines: string[] = []
    const started = Date.now()
    const say = (line: string) => {
      lines.push(line)
      if (options.verbose) console.log(line)
    }
    if (options.verbose) console.log(`seed ${seed}, ${destination}:`)
    const found = await runSeed({ seed, destination, kills: options.kills, keep: options.keep, say })
    const seconds = Math.round((Date.now() - started) / 1000)
    console.log(
      `${found.length === 0 ? '✓' : '✗'} seed ${seed}, ${destination}: ${options.kills} rounds in ${seconds} s`,
    )
    if (found.length === 0) continue
    broken += 1
    if (!options.verbose) for (const line of lines) console.log(line)
    console.log(`  ${found.length} differences:`)
    for (const line of found.slice(0, 20)) console.log(`    ${line.slice(0, 1200)}`)
  }
}
console.log(broken === 0 ? 'Every promise was kept.' : `${broken} seeds broke a promise.`)
process.exit(broken === 0 ? 0 : 1)
