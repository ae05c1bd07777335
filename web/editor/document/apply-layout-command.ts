import { produce } from 'immer'
import type { Outcome } from './outcome.ts'
import type { LayoutCommand } from './command.ts'
import { isSameJson } from './json-pointer.ts'
import { documentStrings as words } from '../../strings/editor-document.ts'
import type { EditorContent } from './draft-document.ts'

/** Applies a command of the canvas. The document is never touched. */
export function applyLayoutCommand(content: EditorContent, command: LayoutCommand): Outcome {
  const { notes } = content.layout
  if (command.type === 'setNoteText' || command.type === 'removeNote') {
    if (!Object.hasOwn(notes, command.id)) return { refused: words.refused.noNote }
  }
  if (command.type === 'addNote' && Object.hasOwn(notes, command.id)) return { content }
  return { content: changeLayout(content, command) }
}

function changeLayout(content: EditorContent, command: LayoutCommand): EditorContent {
  return produce(content, ({ layout }) => {
    switch (command.type) {
      case 'renameStep':
        if (command.name.trim() === '') delete layout.names[command.step]
        else layout.names[command.step] = command.name
        return
      case 'moveSteps':
        for (const [id, { x, y }] of Object.entries(command.to)) {
          const note = layout.notes[id.replace(/^note:/, '')]
          if (id.startsWith('note:') && note) Object.assign(note, { x, y })
          else if (!isSameJson(layout.positions[id], { x, y })) layout.positions[id] = { x, y }
        }
        return
      case 'tidy':
        if (Object.keys(layout.positions).length > 0) layout.positions = {}
        return
      case 'showObjectCards':
        layout.objectCards = command.shown
        return
      case 'addNote':
        layout.notes[command.id] = { ...command.note }
        return
      case 'setNoteText': {
        const note = layout.notes[command.id]
        if (note) note.text = command.text
        return
      }
      case 'removeNote':
        delete layout.notes[command.id]
    }
  })
}
