import { lazy, type ReactNode, Suspense } from 'react'
import type { Run } from '../api/answers.ts'
import { RunPage } from '../runs/run-page.tsx'

const RunPicture = lazy(async () => ({ default: (await import('./run-picture.tsx')).RunPicture }))

/** The page of a run, with the picture of its pipeline; the canvas is loaded after the table is there. */
export function RunScreen(): ReactNode {
  return <RunPage canvas={drawPicture} />
}

function drawPicture(run: Run): ReactNode {
  return (
    <Suspense fallback={<div className="bg-surface h-96 rounded-lg border max-sm:hidden" />}>
      <RunPicture run={run} />
    </Suspense>
  )
}
