import { lazy, type ReactNode, Suspense } from 'react'
import { ConnectorPage } from '../connectors/connector-page.tsx'

const DrawnForm = lazy(async () => ({ default: (await import('./drawn-form.tsx')).DrawnForm }))

/** The page of a connector, with the very dialog that connections are made with. */
export function ConnectorScreen(): ReactNode {
  return (
    <ConnectorPage
      drawForm={(form) => (
        <Suspense>
          <DrawnForm key={JSON.stringify(form)} form={form} />
        </Suspense>
      )}
    />
  )
}
