import { Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { accessText } from '../strings/access.ts'
import { appText } from '../strings/app.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { leave } from './leave.ts'

/** For someone whose account is in no workspace. */
export function NoWorkspace(): ReactNode {
  return (
    <main className="mx-auto max-w-xl p-6">
      <h1 className="sr-only">{accessText.noWorkspace}</h1>
      <EmptyState
        icon={Users}
        title={accessText.noWorkspace}
        actions={<Button onClick={() => void leave()}>{appText.signOut}</Button>}
      >
        {accessText.noWorkspaceHint}
      </EmptyState>
    </main>
  )
}
