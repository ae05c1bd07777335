import { Link } from '@tanstack/react-router'
import { CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import { appText } from '../strings/app.ts'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'

/** For an address that leads nowhere: beside the navigation, so that one gets on from there. */
export function NotFound(): ReactNode {
  return (
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
