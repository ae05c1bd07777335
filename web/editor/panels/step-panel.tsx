import { X } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Name } from '../../ui/name.tsx'
import { stepIcons } from '../canvas/step-looks.ts'
import type { FlowStep } from '../canvas/flow.ts'
import { useEditor, useEditorStore } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'
import { useFlow } from '../state/use-flow.ts'
import { DestinationPanel } from './destination-panel.tsx'
import { NotePanel } from './note-panel.tsx'
import { ObjectPanel } from './object-panel.tsx'
import { ProtectionPanel } from './protection-panel.tsx'
import { SourcePanel } from './source-panel.tsx'

const panelOf = (state: EditorState): EditorState['panel'] => state.panel

/** The settings of the step that was opened. Escape closes it; the focus goes back to the step. */
export function StepPanel(): ReactNode {
  const store = useEditorStore()
  const panel = useEditor(panelOf)
  const step = useFlow().steps.find(({ id }) => id === panel?.step)
  const frame = useRef<HTMLElement>(null)
  const id = step?.id
  const onEscape = useEffectEvent(() => {
    if (step) closePanel(store.getState(), step.id)
  })
  useEffect(() => {
    const element = frame.current
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      onEscape()
    }
    element?.addEventListener('keydown', listen)
    return () => element?.removeEventListener('keydown', listen)
  }, [id])
  useEffect(() => {
    if (id !== undefined) frame.current?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
  }, [id])
  if (!panel || !step) return null
  const Icon = stepIcons[step.kind]
  return (
    <aside
      ref={frame}
      aria-label={words.openPanelFor(step.name)}
      className="bg-surface flex min-h-0 w-full flex-col border-l lg:w-[clamp(26rem,42vw,48rem)]"
    >
      <header className="flex items-center gap-3 border-b px-4 py-3">
        <span className="bg-subtle text-accent flex size-8 shrink-0 items-center justify-center rounded-lg">
          <Icon aria-hidden size={16} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 tabIndex={-1} data-quiet-focus className="text-base font-semibold">
            <Name lines={1}>{step.name || words.noteText}</Name>
          </h2>
          {step.summary && <p className="text-muted truncate text-xs">{step.summary}</p>}
        </div>
        <IconButton
          icon={X}
          label={words.closePanel}
          keys="Escape"
          onClick={() => closePanel(store.getState(), step.id)}
        />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <PanelBody key={step.id} step={step} />
      </div>
    </aside>
  )
}

function closePanel(state: EditorState, step: string): void {
  state.show({ panel: undefined })
  state.goTo(step)
}

function PanelBody({ step }: { readonly step: FlowStep }): ReactNode {
  switch (step.kind) {
    case 'source':
      return <SourcePanel />
    case 'object':
      return <ObjectPanel name={step.id.slice('object:'.length)} />
    case 'protection':
      return <ProtectionPanel />
    case 'destination':
      return <DestinationPanel />
    case 'note':
      return <NotePanel id={step.id.slice('note:'.length)} />
    case 'slot':
      return null
  }
}
