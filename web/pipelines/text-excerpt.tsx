import type { ReactNode } from 'react'
import type { TextPlace } from './text-place.ts'

/** One line of a text with its number, and the place in it marked; where the line ends, behind its end. */
export function TextExcerpt({ place }: { readonly place: TextPlace }): ReactNode {
  const { line, before, at, after } = place
  return (
    <pre
      dir="ltr"
      className="bg-subtle rounded-md px-3 py-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere"
    >
      <span className="text-muted mr-3 select-none">{line}</span>
      {before}
      <mark className="bg-bad-soft text-bad border-bad border-b-2">{at || ' '}</mark>
      {after}
    </pre>
  )
}
