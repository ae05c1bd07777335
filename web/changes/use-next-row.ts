import { type RefObject, useEffect, useRef } from 'react'
import type { SchemaChange } from '../api/answers.ts'

/** Where the focus goes on once a change that was decided in its row has left the list. */
export interface NextRow {
  readonly list: RefObject<HTMLUListElement | null>
  readonly onDecide: (id: string, decision: string) => void
}

/**
 * Whoever decides row by row goes on with the next one: the focus comes to the same decision about it, else to the first that there is.
 * Nobody who has gone elsewhere meanwhile is called back.
 */
export function useNextRow(changes: readonly SchemaChange[], busy: boolean): NextRow {
  const list = useRef<HTMLUListElement>(null)
  const decided = useRef<{ readonly id: string; readonly decision: string; readonly at: number }>(undefined)
  useEffect(() => {
    const { current } = decided
    if (!current || busy) return
    decided.current = undefined
    const row = list.current?.children[Math.min(current.at, changes.length - 1)]
    if (!row || changes.some(({ id }) => id === current.id) || !isFree(list.current)) return
    const buttons = [...row.querySelectorAll<HTMLElement>('[data-decision]')]
    const same = buttons.find(({ dataset }) => dataset['decision'] === current.decision)
    ;(same ?? buttons[0])?.focus()
  }, [changes, busy])
  const onDecide = (id: string, decision: string): void => {
    decided.current = { id, decision, at: changes.findIndex((change) => change.id === id) }
  }
  return { list, onDecide }
}

/** The focus is on nothing, or where it was put when its button went away: in the list, or around it. */
function isFree(list: Element | null): boolean {
  const { activeElement: now, body } = document
  return now === body || (list !== null && now !== null && (now.contains(list) || list.contains(now)))
}
