import { type ReactNode, useEffect, useRef } from 'react'
import { classNames } from './class-names.ts'
import { useWindowTitle } from './use-window-title.ts'
import { Name } from './name.tsx'

interface PageProps {
  readonly title: string
  /** A sentence below the title. */
  readonly description?: ReactNode
  /** Beside the title: a status. */
  readonly aside?: ReactNode
  readonly actions?: ReactNode
  readonly width?: 'normal' | 'full'
  readonly children: ReactNode
}

let firstPage = true
const openedAbove = '[role=menu], [role=dialog], [role=alertdialog]'

/**
 * A page of the app: sets the window's title, and takes the focus to its heading when someone came from another page; not from
 * a menu or dialog that was opened while the page was on its way, and not from what has it within the page already.
 */
export function Page({
  title,
  description,
  aside,
  actions,
  width = 'normal',
  children,
}: PageProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useWindowTitle(title)
  useEffect(() => {
    const isTaken =
      document.querySelector(openedAbove) ?? heading.current?.closest('[data-page]:focus-within')
    if (!firstPage && !isTaken) heading.current?.focus({ preventScroll: true })
    firstPage = false
  }, [])
  return (
    <div
      data-page
      className={classNames('mx-auto w-full px-4 py-5 sm:px-6', width === 'normal' && 'max-w-[84rem]')}
    >
      <header className="mb-5 flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-96">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1
              ref={heading}
              tabIndex={-1}
              className="min-w-0 text-xl font-semibold tracking-tight wrap-anywhere"
            >
              <Name>{title}</Name>
            </h1>
            {aside}
          </div>
          {description && <div className="text-muted mt-0.5">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  )
}
