import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { api } from '../api/client.ts'
import { useKeysOf } from '../keyboard/preferences.ts'
import { askFor } from '../navigation/dialog-requests.ts'
import { appText } from '../strings/app.ts'
import { Keys } from '../ui/kbd.tsx'
import { CreateMenu } from './create-menu.tsx'
import { type FrameItem, frameItems } from './frame-items.ts'
import { useEditing } from './use-editing.ts'
import { UserMenu } from './user-menu.tsx'
import { WorkspaceMenu } from './workspace-menu.tsx'

/** The navigation at the left: words on a wide window, icons on a narrower one and beside the editor, nothing on a phone. */
export function Sidebar(): ReactNode {
  return (
    <div
      data-icons={useEditing() || undefined}
      className="bg-surface sticky top-0 hidden h-(--app) w-14 shrink-0 flex-col gap-1 border-r p-2 sm:flex words:w-56"
    >
      <WorkspaceMenu />
      <div className="my-1 flex flex-col gap-1">
        <CreateMenu />
        <SearchButton />
      </div>
      <nav aria-label={appText.mainNavigation} className="flex flex-1 flex-col gap-0.5">
        {frameItems.map((item) => (
          <SidebarLink key={item.to} item={item} />
        ))}
      </nav>
      <UserMenu />
    </div>
  )
}

function SearchButton(): ReactNode {
  const keys = useKeysOf('palette')
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={() => askFor({ type: 'palette' })}
      className="text-muted hover:bg-subtle hover:text-text flex h-8 items-center gap-2.5 rounded-md px-2.5"
    >
      <Search aria-hidden size={16} className="shrink-0" />
      <span className="sr-only flex-1 text-left words:not-sr-only">{appText.search}</span>
      {keys && (
        <span className="hidden words:inline">
          <Keys keys={keys} />
        </span>
      )}
    </button>
  )
}

function SidebarLink({ item }: { readonly item: FrameItem }): ReactNode {
  const waiting = useChangesWaiting()
  const count = item.to === '/changes' ? waiting : 0
  return (
    <Link to={item.to} title={item.label} className={linkClass} activeProps={{ className: activeClass }}>
      <item.icon aria-hidden size={16} className="shrink-0" />
      <span className="sr-only flex-1 truncate words:not-sr-only">{item.label}</span>
      {count > 0 && (
        <span className="bg-review-soft text-review tabular rounded-full px-1.5 text-xs icons:absolute icons:-top-1 icons:-right-1.5 icons:px-1 icons:text-[0.625rem]">
          {count}
          <span className="sr-only"> {appText.changesWaiting(count)}</span>
        </span>
      )}
    </Link>
  )
}

/** How many schema changes wait for a decision. */
export function useChangesWaiting(): number {
  const { data } = useQuery(
    api.changes.waiting.queryOptions({}, { staleTime: 30_000, refetchInterval: 60_000 }),
  )
  return data?.waiting ?? 0
}

const linkClass =
  'text-muted hover:bg-subtle hover:text-text relative flex min-h-8 items-center gap-2.5 rounded-md px-2.5 py-1 font-medium outline-offset-[-2px]'
const activeClass = 'bg-subtle !text-text'
