import type { ReactNode } from 'react'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { ComboboxList } from '../../ui/combobox-list.tsx'
import type { ComboboxOption } from '../../ui/combobox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { AddableStep } from '../state/add-step.ts'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import { useAddStep } from '../state/use-add-step.ts'
import type { SlotKind } from './flow.ts'

const pickerOf = (state: EditorState): EditorState['picker'] => state.picker

/** Offers what fits an empty place: saved connections first, then new ones. Type to find, Enter to take. */
export function StepPicker(): ReactNode {
  const store = useEditorStore()
  const picker = useEditor(pickerOf)
  const around = useSurroundings()
  const add = useAddStep()
  const choices = picker ? choicesFor(picker.slot, around) : []
  const close = (): void => {
    const state = store.getState()
    state.show({ picker: undefined })
    state.goTo(state.current ?? `slot:${picker?.slot ?? 'source'}`)
  }
  const choose = (value: string): void => {
    const choice = choices.find(({ option }) => option.value === value)
    if (!choice) return
    store.getState().show({ picker: undefined })
    if (choice.connect) choice.connect()
    else if (choice.step) add(choice.step)
  }
  return (
    <Dialog
      open={picker !== undefined}
      onOpenChange={(open) => open || close()}
      title={picker ? words.pick[picker.slot] : ''}
      description={picker ? words.pickHint[picker.slot] : ''}
      width="narrow"
      onCloseAutoFocus={(event) => event.preventDefault()}
    >
      <ComboboxList
        autoFocus
        label={words.pickSearch}
        options={choices.map(({ option }) => option)}
        value={undefined}
        onChoose={choose}
        loading={picker?.slot !== 'protection' && around.connections === undefined}
      />
    </Dialog>
  )
}

interface Choice {
  readonly option: ComboboxOption
  readonly step?: AddableStep
  readonly connect?: () => void
}

function choicesFor(
  slot: SlotKind,
  { connections = [], connectors, connect }: EditorSurroundings,
): readonly Choice[] {
  if (slot === 'protection')
    return [
      {
        option: { value: 'protection', label: words.protect, detail: words.protectWhy },
        step: { type: 'protection' },
      },
    ]
  const titles = new Map(connectors.map(({ kind, title }) => [kind, title]))
  const saved = connections
    .filter(({ side }) => side === slot)
    .map((connection): Choice => ({
      option: {
        value: connection.id,
        label: connection.name,
        detail: [titles.get(connection.kind) ?? connection.kind, connection.account, connection.region]
          .filter(Boolean)
          .join(' · '),
      },
      step: { type: 'connection', connection },
    }))
  if (!connect) return saved
  const fresh = connectors
    .filter(({ side }) => side === slot)
    .map(({ kind, title }): Choice => ({
      option: { value: `new:${kind}`, label: words.newConnection(title) },
      connect: () => connect(slot, kind),
    }))
  return [...saved, ...fresh]
}
