import type { EditorContent } from '../document/draft-document.ts'
import type { History } from '../document/history.ts'
import { isSameJson } from '../document/json-pointer.ts'
import type { SavedPoint } from './draft-saver.ts'

/** Content that the server may have, and where in the history it was. */
export type OwnPoint = Pick<SavedPoint, 'content' | 'mark'>

/**
 * Where this editor itself had the very document and layout that the server has newly: then that was saved here, and only the answer got lost. Looks in
 * what was sent without an answer, at what is there now, and in what came since the last save; undefined: somebody else saved it.
 */
export function findOwn(
  { states, cursor, dropped }: History,
  savedMark: number,
  { document, layout }: EditorContent,
  sent: readonly OwnPoint[] = [],
): OwnPoint | undefined {
  const points = states.map((content, index) => ({ content, mark: dropped + index }))
  const isOwn = ({ content }: OwnPoint): boolean =>
    isSameJson(content.document, document) && isSameJson(content.layout, layout)
  return (
    points.slice(cursor, cursor + 1).find(isOwn) ??
    points.findLast((point) => point.mark >= savedMark && isOwn(point)) ??
    sent.find(isOwn)
  )
}
