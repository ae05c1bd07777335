import type { ReactNode } from 'react'
import { LiveRegion } from '../ui/live-region.tsx'
import { Toaster } from '../ui/toaster.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'

/** The whole app. */
export function App(): ReactNode {
  return (
    <TooltipProvider>
      <LiveRegion />
      <Toaster />
    </TooltipProvider>
  )
}
