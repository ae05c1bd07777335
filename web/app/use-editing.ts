import { useLocation } from '@tanstack/react-router'

/** Whether the editor is open: there the navigation keeps to icons, so that the canvas has the width. */
export function useEditing(): boolean {
  return useLocation({ select: ({ pathname }) => /^\/pipelines\/[^/]+\/edit$/.test(pathname) })
}
