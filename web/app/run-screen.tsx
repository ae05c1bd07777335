import type { ReactNode } from 'react'
import { RunPage } from '../runs/run-page.tsx'

/** The page of a run. */
export function RunScreen(): ReactNode {
  return <RunPage />
}
