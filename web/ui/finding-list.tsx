import { Check, CircleHelp, X } from 'lucide-react'
import type { ReactNode } from 'react'

export interface Finding {
  /** Null: nobody knows. */
  readonly ok: boolean | null
  readonly what: string
  readonly message?: string
}

interface FindingListProps {
  readonly findings: readonly Finding[]
  /** What the marks say to those who do not see them. */
  readonly words: { readonly yes: string; readonly no: string; readonly unknown: string }
}

/** What was looked at, and whether it works: a mark, a word and a sentence each. */
export function FindingList({ findings, words }: FindingListProps): ReactNode {
  return (
    <ul className="bg-surface divide-y rounded-lg border">
      {findings.map(({ ok, what, message }) => (
        <li key={what} className="flex gap-2.5 px-3 py-2">
          <Mark ok={ok} words={words} />
          <div className="min-w-0">
            <div className="font-medium first-letter:uppercase">{what}</div>
            {message && <div className="text-muted break-words">{message}</div>}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Mark({
  ok,
  words,
}: {
  readonly ok: boolean | null
  readonly words: FindingListProps['words']
}): ReactNode {
  const place = 'mt-0.5 shrink-0'
  if (ok === null)
    return <CircleHelp role="img" aria-label={words.unknown} size={16} className={`text-muted ${place}`} />
  if (ok) return <Check role="img" aria-label={words.yes} size={16} className={`text-ok ${place}`} />
  return <X role="img" aria-label={words.no} size={16} className={`text-bad ${place}`} />
}
