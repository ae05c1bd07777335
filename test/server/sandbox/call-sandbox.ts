import type { Sandbox } from '@penstock/server/sandbox/start-sandbox.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
export type Json = any

/** An answer, with its body as text and, where it is JSON, parsed. */
export interface Called {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Json
}

/** A fixed now, so that every run has the same data. */
export const now = 1_760_000_000_000

/** Calls the sandbox as the engine would; a body makes it a POST. */
export async function call(
  sandbox: Sandbox,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Called> {
  const response = await fetch(sandbox.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${sandbox.token}`,
      'intercom-version': '2.15',
      'content-type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parsed(text) }
}

/** The code of the first error in an answer. */
export function codeOf({ status, body }: Called): string {
  return `${status} ${body?.errors?.[0]?.code}`
}

/** Every record of a cursor list or search, page after page. */
export async function walk(
  sandbox: Sandbox,
  path: string,
  key: string,
  search?: object,
  perPage = 150,
): Promise<Json[]> {
  const records: Json[] = []
  let after: string | undefined
  do {
    const query = `?per_page=${perPage}${after ? `&starting_after=${encodeURIComponent(after)}` : ''}`
    const page = search
      ? await call(sandbox, path, {
          ...search,
          pagination: { per_page: perPage, ...(after ? { starting_after: after } : {}) },
        })
      : await call(sandbox, path + query)
    if (page.status !== 200) throw new Error(`${path}: ${page.status} ${page.text}`)
    records.push(...page.body[key])
    after = page.body.pages.next?.starting_after
  } while (after)
  return records
}

/** The truth about an object, parsed. */
export async function truth(sandbox: Sandbox, object: string): Promise<Json[]> {
  const lines = await (await fetch(`${sandbox.url}/_sandbox/records/${object}`)).text()
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

export const everything = { query: { field: 'created_at', operator: '>', value: 0 } }

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
