import { type ReactNode, useEffect, useRef } from 'react'
import { type ReactFlowState, useStoreApi } from 'reactflow'

/** Between two dots, in canvas units. */
const gap = 20
/** Nearer than so many pixels they are grey, not dots: then only every second one is drawn. */
const nearest = 14
/** How far the dots reach beyond the canvas, in pixels, as canvas.css says it: no less than the widest gap, that of the largest zoom. */
const margin = 40

/**
 * The dots behind the cards. One tile that the browser repeats, moved as a whole: a pattern whose origin changes is drawn anew over the whole
 * canvas in every frame, which took half of what a frame of a pan cost where no graphics card draws.
 */
export function CanvasDots(): ReactNode {
  const dots = useRef<HTMLDivElement>(null)
  const store = useStoreApi()
  useEffect(() => {
    const follow = ({ transform }: ReactFlowState): void => {
      if (dots.current) Object.assign(dots.current.style, placeDots(transform))
    }
    follow(store.getState())
    return store.subscribe(follow)
  }, [store])
  return <div ref={dots} aria-hidden className="canvas-dots" />
}

/** Where the dots are for a canvas that was moved by `x` and `y` pixels and shows a unit in `zoom` pixels. */
function placeDots([x, y, zoom]: ReactFlowState['transform']): Partial<CSSStyleDeclaration> {
  let every = gap * zoom
  while (every < nearest) every *= 2
  // Whole pixels: anything between is interpolated for each pixel of the canvas, in every frame.
  const shift = (by: number): number => Math.round((((by - margin - every / 2) % every) + every) % every)
  const size = `${every}px ${every}px`
  return { backgroundSize: size, transform: `translate(${shift(x)}px, ${shift(y)}px)` }
}
