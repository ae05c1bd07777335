import { Outlet, useNavigate, useRouter } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { sentenceOf } from '../api/client.ts'
import { useSessionOver } from '../api/session-over.ts'
import { useSignIn } from '../api/session.ts'
import { useShortcut } from '../keyboard/use-shortcut.ts'
import { askFor } from '../navigation/dialog-requests.ts'
import { appText } from '../strings/app.ts'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { NoWorkspace } from './no-workspace.tsx'
import { PhoneBar } from './phone-bar.tsx'
import { Sidebar } from './sidebar.tsx'
import { Splash } from './splash.tsx'

const SignInAgain = lazy(async () => ({ default: (await import('../access/sign-in-again.tsx')).SignInAgain }))

/** Everything behind the sign-in: lets in whoever is signed in, and shows the navigation beside the screen. */
export function Frame(): ReactNode {
  const { me, known } = useSignIn()
  if (!known || me.isPending) return <Splash />
  if (me.isError && !me.data) {
    return (
      <main className="mx-auto max-w-xl p-6">
        <ErrorBanner
          title={appText.startFailed}
          message={sentenceOf(me.error)}
          onRetry={() => void me.refetch()}
        />
      </main>
    )
  }
  if (me.data.setupNeeded) return <GoTo page="/setup" />
  if (!me.data.user) return <GoTo page="/sign-in" />
  return (
    <>
      {me.data.workspace ? <FrameInside key={me.data.workspace.id} /> : <NoWorkspace />}
      <OverSession />
    </>
  )
}

/** Whose session is over signs in again over what is open; for somebody else the app is loaded anew, so that nothing of it stays in memory. */
function OverSession(): ReactNode {
  const over = useSessionOver()
  const someoneElse = over?.someoneElse === true
  useEffect(() => {
    if (someoneElse) window.location.reload()
  }, [someoneElse])
  return <Suspense>{over && <SignInAgain />}</Suspense>
}

interface GoToProps {
  readonly page: '/setup' | '/sign-in'
}

/** Leaves for where one gets in, once: an element that navigates whenever it is drawn would do so for ever while the page is loading. */
function GoTo({ page }: GoToProps): ReactNode {
  const router = useRouter()
  useEffect(() => {
    const { href: next, pathname } = router.latestLocation
    // Already on the way: drawn again before it got there.
    if (pathname === page) return
    void router.navigate({
      to: page,
      replace: true,
      search: page === '/sign-in' ? { next } : {},
    })
  }, [router, page])
  return <Splash />
}

function FrameInside(): ReactNode {
  useGlobalShortcuts()
  return (
    <div className="flex min-h-(--app)">
      <a
        href="#content"
        className="bg-accent text-on-accent sr-only z-50 rounded-md px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {appText.skip}
      </a>
      <Sidebar />
      <main
        id="content"
        tabIndex={-1}
        data-quiet-focus
        className="min-w-0 flex-1 pb-[calc(3.5rem+var(--reminder))] sm:pb-(--reminder)"
      >
        <Outlet />
      </main>
      <PhoneBar />
    </div>
  )
}

function useGlobalShortcuts(): void {
  const navigate = useNavigate()
  useShortcut('palette', () => askFor({ type: 'palette' }))
  useShortcut('shortcuts', () => askFor({ type: 'shortcuts' }))
  useShortcut('goPipelines', () => void navigate({ to: '/pipelines' }))
  useShortcut('goRuns', () => void navigate({ to: '/runs' }))
  useShortcut('goConnections', () => void navigate({ to: '/connections' }))
  useShortcut('goChanges', () => void navigate({ to: '/changes' }))
  useShortcut('goSettings', () => void navigate({ to: '/settings' }))
  useShortcut('search', () => document.querySelector<HTMLElement>('[data-page-search]')?.focus())
}
