import { LayoutGrid, Maximize, Minus, Plus, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { useReactFlow } from 'reactflow'
import { canvasStrings as words } from '../../strings/editor-canvas.ts'
import { useKeysOf } from '../../keyboard/preferences.ts'
import { IconButton } from '../../ui/icon-button.tsx'

interface CanvasToolbarProps {
  readonly onTidy?: (() => void) | undefined
  readonly objectCards?: boolean
  readonly onObjectCards?: ((shown: boolean) => void) | undefined
}

/** Zoom, fit, tidy, and one card for each object. */
export function CanvasToolbar({ onTidy, objectCards = false, onObjectCards }: CanvasToolbarProps): ReactNode {
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  const [plus, minus, all, tidy] = [
    useKeysOf('zoomIn'),
    useKeysOf('zoomOut'),
    useKeysOf('fit'),
    useKeysOf('tidy'),
  ]
  return (
    <div
      role="toolbar"
      aria-label={words.toolbar}
      className="bg-surface absolute bottom-3 left-3 z-10 flex gap-0.5 rounded-lg border p-1"
    >
      <IconButton size="small" icon={Plus} label={words.zoomIn} keys={plus} onClick={() => void zoomIn()} />
      <IconButton
        size="small"
        icon={Minus}
        label={words.zoomOut}
        keys={minus}
        onClick={() => void zoomOut()}
      />
      <IconButton
        size="small"
        icon={Maximize}
        label={words.fit}
        keys={all}
        onClick={() => void fitView({ maxZoom: 1, padding: 0.15 })}
      />
      {onTidy && <IconButton size="small" icon={Workflow} label={words.tidy} keys={tidy} onClick={onTidy} />}
      {onObjectCards && (
        <IconButton
          size="small"
          icon={LayoutGrid}
          label={words.objectCards}
          aria-pressed={objectCards}
          onClick={() => onObjectCards(!objectCards)}
        />
      )}
    </div>
  )
}
