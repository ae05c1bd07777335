import { type KeyboardEvent, memo, type ReactNode, useMemo, useState } from 'react'
import { ReactFlowProvider } from 'reactflow'
import { pressOf } from '../../keyboard/press.ts'
import { CanvasToolbar } from './canvas-toolbar.tsx'
import { type Direction, type Flow, neighbourOf } from './flow.ts'
import { PipelineCanvas } from './pipeline-canvas.tsx'

interface RunCanvasProps {
  /** The flow with the live state of each step: `liveFlow` makes it. */
  readonly flow: Flow
  /** The step whose details are shown. */
  readonly current: string | undefined
  readonly onChoose: (step: string) => void
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  ArrowDown: 'down',
  ArrowUp: 'up',
  Home: 'first',
  End: 'last',
}

/**
 * The canvas of a run: the pipeline's cards with what is happening at each. Nothing can be changed; keys and presses choose a step.
 * Drawn anew only when one of its properties is another.
 */
export const RunCanvas = memo(function RunCanvas({ flow, current, onChoose }: RunCanvasProps): ReactNode {
  const [focused, setFocused] = useState({ step: current, wish: 0 })
  const selected = useMemo(() => new Set(current === undefined ? [] : [current]), [current])
  const onKeyDown = (event: KeyboardEvent): void => {
    const press = pressOf(event) ?? ''
    const at = focused.step ?? flow.steps[0]?.id
    if (at === undefined || !(event.target instanceof Element) || !event.target.closest('.react-flow__node'))
      return
    const direction = directions[press]
    if (press === 'Enter') onChoose(at)
    else if (direction) {
      const next = neighbourOf(flow, at, direction)
      if (next !== undefined) setFocused(({ wish }) => ({ step: next, wish: wish + 1 }))
    } else return
    event.preventDefault()
  }
  return (
    <ReactFlowProvider>
      <div role="presentation" className="h-full w-full" onKeyDown={onKeyDown}>
        <PipelineCanvas
          flow={flow}
          readOnly
          current={focused.step}
          focusWish={focused.wish}
          selected={selected}
          onPress={(step) => {
            setFocused(({ wish }) => ({ step, wish: wish + 1 }))
            onChoose(step)
          }}
        >
          <CanvasToolbar />
        </PipelineCanvas>
      </div>
    </ReactFlowProvider>
  )
})
