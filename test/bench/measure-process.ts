import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import type { Cores } from './processor-cores.ts'

/** What a program took, from its start to its end. */
export interface Measured {
  readonly wallMs: number
  /** User and system time of the process with all its threads. */
  readonly cpuMs: number
  readonly peakBytes: number
  readonly out: string
}

const preload = pathToFileURL(join(import.meta.dirname, 'report-usage.ts')).href

/**
 * Runs a Node program to its end, on its own core; `args` are its flags, its file and its arguments. Rejects with what it said where it fails. `env` stands over ours without Penstock's
 * variables.
 */
export async function measureProcess(
  cores: Cores,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PENSTOCK_|INIT_CWD)/.test(name))
  const [command = process.execPath, ...rest] = [
    ...cores.measured,
    process.execPath,
    '--import',
    preload,
    ...args,
  ]
  const started = performance.now()
  const child = spawn(command, rest, {
    env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve)
    child.on('error', reject)
  })
  const [out, err, usage, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    textOf(child.stdio[3]),
    ended,
  ])
  const wallMs = performance.now() - started
  if (code !== 0)
    throw new Error(
      `${args.find((arg) => arg.endsWith('.ts'))} ended with ${code}:\n${out.slice(-2000)}\n${err.slice(-2000)}`,
    )
  const { cpuMs, peakBytes }: { cpuMs: number; peakBytes: number } = JSON.parse(usage)
  return { wallMs, cpuMs, peakBytes, out }
}

async function textOf(stream: unknown): Promise<string> {
  let text = ''
  for await (const chunk of (stream as Readable).setEncoding('utf8')) text += String(chunk)
  return text
}
