import {
  Copy,
  CopyPlus,
  Eye,
  FileInput,
  PanelRight,
  Pencil,
  Plus,
  Power,
  Scissors,
  StickyNote,
  Trash2,
  Workflow,
} from 'lucide-react'
import { shortcuts } from '../../keyboard/shortcuts.ts'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import type { MenuItem, MenuItems } from '../../ui/menu.tsx'
import type { StepAct } from '../state/use-step-actions.ts'

const { menu } = words

/** The menu of a step, the same by right click, long press, menu key, and the ⋯ of the outline. */
export function stepMenu(
  step: string | undefined,
  act: (act: StepAct) => void,
  canvas: {
    readonly onNote: () => void
    readonly onTidy?: () => void
    /** The steps that are disabled now. */
    readonly disabled?: ReadonlySet<string>
  },
): MenuItems {
  const item = (label: string, icon: MenuItem['icon'], name: StepAct): MenuItem => ({
    label,
    ...(icon ? { icon } : {}),
    keys: shortcuts[name].keys,
    onSelect: () => act(name),
  })
  const hasData = step === 'source' || step?.startsWith('object:') === true
  const isPlace = step === undefined || step.startsWith('slot:')
  const own: MenuItems = isPlace
    ? [item(menu.open, PanelRight, 'openStep'), item(menu.paste, FileInput, 'pasteStep')]
    : [
        item(menu.open, PanelRight, 'openStep'),
        item(menu.addAfter, Plus, 'addAfter'),
        item(menu.addBefore, Plus, 'addBefore'),
        item(menu.rename, Pencil, 'renameStep'),
        ...(hasData ? [item(menu.preview, Eye, 'previewStep')] : []),
        ...(step.startsWith('object:')
          ? [item(canvas.disabled?.has(step) ? menu.enable : menu.disable, Power, 'disableStep')]
          : []),
        'line',
        item(menu.copy, Copy, 'copyStep'),
        item(menu.cut, Scissors, 'cutStep'),
        item(menu.paste, FileInput, 'pasteStep'),
        ...(step.startsWith('note:') ? [item(menu.duplicate, CopyPlus, 'duplicateStep')] : []),
        'line',
        { ...item(menu.remove, Trash2, 'removeStep'), danger: true },
      ]
  const ofCanvas: MenuItems = [
    { label: menu.addNote, icon: StickyNote, onSelect: canvas.onNote },
    ...(canvas.onTidy
      ? [{ label: menu.tidy, icon: Workflow, keys: shortcuts.tidy.keys, onSelect: canvas.onTidy }]
      : []),
  ]
  return [...own, 'line', ...ofCanvas]
}
