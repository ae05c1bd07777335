import type { SandboxProcess } from '../chaos/sandbox-process.ts'

/** A request as the sandbox logged it. */
export interface SeenRequest {
  /** Unix milliseconds. */
  readonly time: number
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly status: number
}

/** Every request since the log was last forgotten, oldest first. */
export async function seenRequests({ url }: SandboxProcess): Promise<readonly SeenRequest[]> {
  const response = await fetch(`${url}/_sandbox/requests`)
  const { requests }: { requests: readonly SeenRequest[] } = JSON.parse(await response.text())
  return requests
}
