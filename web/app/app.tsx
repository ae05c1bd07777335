import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { queryClient } from '../api/client.ts'
import { hearOtherTabs } from '../api/session-news.ts'
import { listenToKeys } from '../keyboard/use-shortcut.ts'
import { followSystemTheme } from '../navigation/theme.ts'
import { keepFocus } from '../ui/keep-focus.ts'
import { LiveRegion } from '../ui/live-region.tsx'
import { Toaster } from '../ui/toaster.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'
import { appRouter } from './app-router.tsx'
import { tellOffline } from './tell-offline.ts'

/** The whole app. */
export function App(): ReactNode {
  useEffect(listenToKeys, [])
  useEffect(followSystemTheme, [])
  useEffect(keepFocus, [])
  useEffect(tellOffline, [])
  useEffect(hearOtherTabs, [])
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <RouterProvider router={appRouter} />
        <LiveRegion />
        <Toaster />
      </TooltipProvider>
    </QueryClientProvider>
  )
}
