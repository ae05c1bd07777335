import { type ReactNode, useEffect, useRef } from 'react'
import { type Person, usePresence } from '../../api/use-presence.ts'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { announce } from '../../ui/live-region.tsx'

/** So many are shown by their initials; the others are a number. */
const most = 3

/** Who else has this pipeline open: initials, with the names for those who point at them or listen. */
export function Presence({ pipelineId }: { readonly pipelineId: string }): ReactNode {
  const people = usePresence(pipelineId)
  useAnnounced(people)
  if (people.length === 0) return null
  const names = people.map(({ name }) => name)
  return (
    <div
      role="img"
      aria-label={words.alsoHere(names)}
      title={words.alsoHere(names)}
      data-present={people.length}
      className="flex shrink-0 -space-x-1.5"
    >
      {people.slice(0, most).map(({ userId, name }) => (
        <Initials key={userId} text={initialsOf(name)} />
      ))}
      {people.length > most && <Initials text={`+${people.length - most}`} />}
    </div>
  )
}

function Initials({ text }: { readonly text: string }): ReactNode {
  return (
    <span className="bg-accent-soft text-accent border-surface flex size-7 items-center justify-center rounded-full border-2 text-xs font-semibold">
      {text}
    </span>
  )
}

/** Says politely who comes and who goes. */
function useAnnounced(people: readonly Person[]): void {
  const known = useRef<ReadonlyMap<string, string>>(new Map())
  useEffect(() => {
    const now = new Map(people.map(({ userId, name }) => [userId, name]))
    const came = [...now].filter(([id]) => !known.current.has(id)).map(([, name]) => name)
    const left = [...known.current].filter(([id]) => !now.has(id)).map(([, name]) => name)
    known.current = now
    const said = [came.length > 0 ? words.came(came) : '', left.length > 0 ? words.left(left) : '']
    if (came.length + left.length > 0) announce(said.filter(Boolean).join(' '))
  }, [people])
}

/** Of the first and the last word of a name. */
function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/)
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map(
    (part) => Array.from(part ?? '')[0],
  )
  return letters.join('').toUpperCase() || '?'
}
