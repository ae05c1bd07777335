import type { DraftDocument, Protection } from '../document/draft-document.ts'
import { isRecord } from '../document/json-pointer.ts'
import { screenStrings as words } from '../../strings/editor-screen.ts'

/** Records of an object, before and after protection. */
export interface Preview {
  readonly columns: readonly {
    readonly field: string
    readonly type: string
    readonly protection: Protection
  }[]
  readonly before: readonly Readonly<Record<string, unknown>>[]
  readonly after: readonly Readonly<Record<string, unknown>>[]
}

/** Has the server read up to 50 records of an object and protect them as the draft says. Rejects with a sentence. */
export async function fetchPreview(
  document: DraftDocument,
  object: string,
  signal?: AbortSignal,
): Promise<Preview> {
  const response = await fetch('/api/pipelines/preview', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ document, object, limit: 50 }),
    ...(signal ? { signal } : {}),
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok && isPreview(answer)) return answer
  const error = isRecord(answer) ? answer['error'] : undefined
  throw new Error(
    isRecord(error) && typeof error['message'] === 'string' ? error['message'] : words.previewFailed,
  )
}

function isPreview(value: unknown): value is Preview {
  return (
    isRecord(value) &&
    [value['columns'], value['before'], value['after']].every((part) => Array.isArray(part))
  )
}
