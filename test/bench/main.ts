import { writeFileSync } from 'node:fs'
import { formatTable } from '@penstock/server/cli/print-table.ts'
import { processTerminal } from '@penstock/server/cli/terminal.ts'
import { readEnvironment } from '@penstock/server/env.ts'
import { readBenchOptions } from './bench-options.ts'
import { divideCores } from './processor-cores.ts'
import type { Finding } from './scenario.ts'
import { scenarios } from './scenarios.ts'
import { Workbench } from './workbench.ts'

/**
 * `npm run bench`: speed and memory of `penstock run`, each beside a floor in the same run, since numbers of different machines say little.
 * Floor and Penstock take turns, and medians count. Ends with 1 where a goal was missed.
 *
 * `--only a,b` runs some scenarios; `--repeat N` (3) measures each program N times; `--json FILE` writes the figures; `--long` adds a million
 * contacts; `--scale 0.1` takes a tenth of the records, to try the bench out.
 */
const options = readBenchOptions(process.argv.slice(2))
const chosen = scenarios.filter(({ name }) => options.only?.includes(name) ?? true)
const unknown = options.only?.filter((name) => !scenarios.some((scenario) => scenario.name === name)) ?? []
if (unknown.length > 0)
  throw new RangeError(
    `There is no scenario ${unknown.join(', ')}; there are ${scenarios.map(({ name }) => name).join(', ')}.`,
  )
const colors = processTerminal(readEnvironment()).outColors
const cores = divideCores()
const workbench = await Workbench.open(cores)
const found: Record<string, Finding> = {}
try {
  console.log(
    `Node ${process.versions.node}; ${cores.says}; medians of ${options.repeat}. Read ratios, not numbers.\n`,
  )
  for (const scenario of chosen) {
    const finding = await scenario.measure(workbench, {
      repeat: options.repeat,
      long: options.long,
      count: (records) => Math.max(1, Math.round(records * options.scale)),
    })
    found[scenario.name] = finding
    print(scenario.title, finding)
  }
} finally {
  await workbench.close()
}
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(asJson(), null, 2)}\n`)
const missed = Object.values(found).flatMap(({ goals }) => goals.filter(({ met }) => !met)).length
console.log(missed === 0 ? 'Every goal was met.' : `${missed} goals were missed.`)
process.exitCode = missed === 0 ? 0 : 1

function print(title: string, { columns, rows, goals }: Finding): void {
  const heads = columns.map(
    (name, index) => ({ title: name, align: index === 0 ? 'left' : 'right' }) as const,
  )
  console.log(`${colors.bold(title)}\n\n${formatTable(heads, rows, colors)}\n`)
  for (const { says, met } of goals) console.log(`  ${met ? colors.green('✓') : colors.red('✗')} ${says}`)
  console.log()
}

function asJson(): object {
  const { platform, arch, versions } = process
  return {
    node: versions.node,
    machine: `${platform}-${arch}`,
    cores: cores.says,
    repeat: options.repeat,
    scale: options.scale,
    scenarios: Object.fromEntries(
      Object.entries(found).map(([name, { goals, figures }]) => [name, { goals, figures }]),
    ),
  }
}
