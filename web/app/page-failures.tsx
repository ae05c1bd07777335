import { Link } from '@tanstack/react-router'
import { CircleHelp } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { appText } from '../strings/app.ts'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { isMissingPart, reloadOnceAnswered } from './missing-parts.ts'
import { PageSplash } from './splash.tsx'

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

/** In place of a page that stopped working, or did not come; the rest of the app goes on. */
export function PageCrash({ error }: { readonly error: unknown }): ReactNode {
  const [state, setState] = useState<'asking' | 'silent' | 'crashed'>(
    isMissingPart(error) ? 'asking' : 'crashed',
  )
  useEffect(() => {
    if (!isMissingPart(error)) return undefined
    return reloadOnceAnswered(
      () => setState('silent'),
      () => setState('crashed'),
    )
  }, [error])
  if (state === 'asking') return <PageSplash />
  if (state === 'silent')
    return (
      <Page title={appText.startFailed}>
        <Notice tone="warn">{appText.silentHint}</Notice>
      </Page>
    )
  return (
    <Page title={appText.crashed}>
      <ErrorBanner message={appText.crashedHint} onRetry={() => location.reload()} />
    </Page>
  )
}
