import { Link } from '@tanstack/react-router'
import { CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import { appText } from '../strings/app.ts'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'

/** For an address that leads nowhere. */
export function NotFound(): ReactNode {
  return (
    <main>
      <Page title={appText.notFound}>
        <EmptyState
          icon={CircleHelp}
          title={appText.notFoundHint}
          actions={
            <Link to="/pipelines" className={buttonClass('primary')}>
              {appText.toPipelines}
            </Link>
          }
        />
      </Page>
    </main>
  )
}

/** In place of a page that stopped working; the rest of the app goes on. */
export function PageCrash(): ReactNode {
  return (
    <Page title={appText.crashed}>
      <ErrorBanner message={appText.crashedHint} onRetry={() => location.reload()} />
    </Page>
  )
}
