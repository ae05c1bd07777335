import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { SandboxProcess } from '../chaos/sandbox-process.ts'

/** Where a program reads from. */
export interface Source {
  readonly url: string
  readonly host: string
}

/** A sandbox's answers out of the memory of a process of its own, each asked for once, and given after `latencyMs` (see serve-remembered.ts). */
export async function rememberSandbox(
  sandbox: SandboxProcess,
  latencyMs = 0,
): Promise<Source & { [Symbol.asyncDispose](): Promise<void> }> {
  const script = join(import.meta.dirname, 'serve-remembered.ts')
  const child = spawn(process.execPath, [script, sandbox.url, String(latencyMs)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const [url]: unknown[] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited,
  ])
  if (typeof url !== 'string') throw new Error('The remembering source did not start.')
  return {
    url,
    host: new URL(url).host,
    [Symbol.asyncDispose]: async () => {
      child.stdin.end()
      await exited
    },
  }
}
