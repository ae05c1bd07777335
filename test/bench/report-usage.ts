import { readFileSync, writeSync } from 'node:fs'

/**
 * Loaded before a measured program (`--import`): when the program ends, what it used is written to file descriptor 3. Measured from inside,
 * since nobody else can tell processor time and memory of a process that has ended. The peak is that of this program's own address space:
 * `maxRSS` would count the process it was forked from, too.
 */
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const usage = { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakBytes: peakBytes() ?? maxRSS * 1024 }
  writeSync(3, JSON.stringify(usage))
})

function peakBytes(): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    return undefined // not Linux
  }
}
