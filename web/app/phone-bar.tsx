import { Link } from '@tanstack/react-router'
import { CircleUser, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { askFor } from '../navigation/dialog-requests.ts'
import { appText } from '../strings/app.ts'
import { frameItems } from './frame-items.ts'
import { useChangesWaiting } from './sidebar.tsx'

const onPhone = ['/pipelines', '/runs', '/connections', '/changes']

/** The navigation of a phone, at the bottom, in reach of the thumb. What is not in it is found by the search. */
export function PhoneBar(): ReactNode {
  const waiting = useChangesWaiting()
  return (
    <nav
      aria-label={appText.mainNavigation}
      className="bg-surface fixed inset-x-0 bottom-0 z-20 flex h-14 border-t sm:hidden"
    >
      {frameItems
        .filter((item) => onPhone.includes(item.to))
        .map((item) => (
          <Link key={item.to} to={item.to} className={tabClass} activeProps={{ className: '!text-accent' }}>
            <item.icon aria-hidden size={18} />
            <span className="max-w-full truncate">{item.short}</span>
            {item.to === '/changes' && waiting > 0 && (
              <span className="bg-review-soft text-review absolute top-1 left-1/2 ml-2 rounded-full px-1.5">
                {waiting}
              </span>
            )}
          </Link>
        ))}
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => askFor({ type: 'palette' })}
        className={tabClass}
      >
        <Search aria-hidden size={18} />
        <span className="max-w-full truncate">{appText.search}</span>
      </button>
      <Link to="/settings" className={tabClass} activeProps={{ className: '!text-accent' }}>
        <CircleUser aria-hidden size={18} />
        <span className="max-w-full truncate">{appText.settings}</span>
      </Link>
    </nav>
  )
}

const tabClass =
  'text-muted relative flex h-full min-w-11 flex-auto flex-col items-center justify-center gap-0.5 text-[0.6875rem] outline-offset-[-2px] max-[24rem]:text-[0.625rem] max-[24rem]:tracking-tighter'
