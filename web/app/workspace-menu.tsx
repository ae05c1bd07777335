import { useMutation } from '@tanstack/react-query'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { api, sentenceOf } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import { appText } from '../strings/app.ts'
import { Menu } from '../ui/menu.tsx'
import { Name } from '../ui/name.tsx'
import { toastFailed } from '../ui/toaster.tsx'
import { Mark } from './brand.tsx'

/** Which workspace this is, and the way to another one. */
export function WorkspaceMenu(): ReactNode {
  const me = useMe()
  const change = useMutation(
    api.session.switchWorkspace.mutationOptions({
      onSuccess: () => location.assign('/pipelines'),
      onError: (error) => toastFailed(sentenceOf(error)),
    }),
  )
  const name = me.workspace?.name ?? ''
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={appText.workspace(name)}
          className="hover:bg-subtle flex h-10 items-center gap-2.5 rounded-md px-2 text-left"
        >
          <Mark />
          <span className="hidden min-w-0 flex-1 font-semibold words:block">
            <Name lines={1}>{name}</Name>
          </span>
          <ChevronsUpDown aria-hidden size={14} className="text-muted hidden shrink-0 words:block" />
        </button>
      }
      items={me.workspaces.map((workspace) => ({
        label: workspace.name,
        ...(workspace.id === me.workspace?.id ? { icon: Check } : {}),
        onSelect: () => {
          if (workspace.id !== me.workspace?.id) change.mutate({ workspaceId: workspace.id })
        },
      }))}
    />
  )
}
