import type { Command } from '../document/command.ts'
import type { EditorContent } from '../document/draft-document.ts'
import { neighbourOf } from '../canvas/flow.ts'
import type { Flow } from '../canvas/flow.ts'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'

/** The command that removes a step, whatever it is; undefined for an empty place. */
export function removalOf(step: string): Command | undefined {
  if (step === 'source') return { type: 'removeSource' }
  if (step === 'protection') return { type: 'removeProtection' }
  if (step === 'destination') return { type: 'removeDestination' }
  if (step.startsWith('object:')) return { type: 'removeObjects', objects: [step.slice('object:'.length)] }
  if (step.startsWith('note:')) return { type: 'removeNote', id: step.slice('note:'.length) }
  return undefined
}

/** The command that removes several steps at once, as one step of undo. */
export function removalOfAll(steps: Iterable<string>): Command | undefined {
  const commands = [...steps].flatMap((step) => removalOf(step) ?? [])
  // The source takes its objects and their protection along, so it goes last.
  const ordered = commands.toSorted(
    (a, b) => Number(a.type === 'removeSource') - Number(b.type === 'removeSource'),
  )
  if (ordered.length <= 1) return ordered[0]
  return { type: 'batch', label: words.menu.remove.toLowerCase(), commands: ordered }
}

/** Which step has the focus after one was removed: the one before it, else the one after, else the place it leaves empty. */
export function focusAfterRemoval(flow: Flow, step: string): string {
  if (step === 'source' || step === 'destination') return `slot:${step}`
  return (
    neighbourOf(flow, step, 'previous') ??
    neighbourOf(flow, step, 'next') ??
    flow.steps[0]?.id ??
    'slot:source'
  )
}

/** The first id no note has yet. Not random, so that a history replays to the same content. */
export function freeNoteId({ layout }: EditorContent): string {
  for (let number = 1; ; number += 1) if (!Object.hasOwn(layout.notes, `n${number}`)) return `n${number}`
}
