import {
  createRootRoute,
  notFound,
  createRoute,
  createRouter,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { parseSignInSearch, parseTokenSearch } from '../access/access-search.ts'
import { parseChangesSearch } from '../changes/changes-search.ts'
import { parseConnectionsSearch } from '../connections/connections-search.ts'
import { idOf, isId, type RawSearch, textOf } from '../navigation/search-values.ts'
import { parsePipelinesSearch } from '../pipelines/pipelines-search.ts'
import { parseRunsSearch, parseRunSearch } from '../runs/runs-search.ts'
import { parseAuditSearch } from '../settings/audit-search.ts'
import { AppDialogs } from './app-dialogs.tsx'
import { type EditorPlace, parseEditorPlace } from '../editor/editor-search.ts'
import { EditorSkeleton } from '../editor/frame/editor-skeleton.tsx'
import { Frame } from './frame.tsx'
import { lazyScreen } from './missing-parts.ts'
import { NotFound, PageCrash } from './page-failures.tsx'
import { PageSplash } from './splash.tsx'

const root = createRootRoute({ component: Root })

function Root(): ReactNode {
  return (
    <>
      <Outlet />
      <AppDialogs />
    </>
  )
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  component: lazyScreen(() => import('../access/sign-in-page.tsx'), 'SignInPage'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: parseTokenSearch,
  component: lazyScreen(() => import('../access/setup-page.tsx'), 'SetupPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  validateSearch: parseTokenSearch,
  component: lazyScreen(() => import('../access/invitation-page.tsx'), 'InvitationPage'),
})

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyScreen(() => import('../access/forgot-password-page.tsx'), 'ForgotPasswordPage'),
})

const newPassword = createRoute({
  getParentRoute: () => root,
  path: '/new-password',
  component: lazyScreen(() => import('../access/new-password-page.tsx'), 'NewPasswordPage'),
})

const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame })

const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/pipelines', replace: true })
  },
})

/** An address with an id that is none leads nowhere: that is said, before the server is asked. */
function requireIds(params: Readonly<Record<string, string>>): void {
  if (!Object.values(params).every(isId)) throw notFound()
}

const pipelines = createRoute({
  getParentRoute: () => frame,
  path: '/pipelines',
  validateSearch: parsePipelinesSearch,
  component: lazyScreen(() => import('../pipelines/pipelines-page.tsx'), 'PipelinesPage'),
})

const pipeline = createRoute({
  getParentRoute: () => frame,
  path: '/pipelines/$id',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/pipelines/$id/edit', params, replace: true })
  },
})

const editor = createRoute({
  getParentRoute: () => frame,
  path: '/pipelines/$id/edit',
  // The object whose records are shown at once.
  validateSearch: (search: RawSearch): EditorPlace & { readonly preview?: string | undefined } => ({
    ...parseEditorPlace(search),
    preview: textOf(search, 'preview'),
  }),
  component: lazyScreen(() => import('./editor-screen.tsx'), 'EditorScreen'),
  pendingComponent: EditorSkeleton,
  beforeLoad: ({ params }) => requireIds(params),
  notFoundComponent: NotFound,
})

const run = createRoute({
  getParentRoute: () => frame,
  path: '/pipelines/$id/runs/$run',
  beforeLoad: ({ params }) => requireIds(params),
  notFoundComponent: NotFound,
  validateSearch: parseRunSearch,
  component: lazyScreen(() => import('./run-screen.tsx'), 'RunScreen'),
})

const runs = createRoute({
  getParentRoute: () => frame,
  path: '/runs',
  validateSearch: parseRunsSearch,
  component: lazyScreen(() => import('../runs/runs-page.tsx'), 'RunsPage'),
})

const compare = createRoute({
  getParentRoute: () => frame,
  path: '/runs/compare',
  validateSearch: (search: RawSearch) => ({ a: idOf(search, 'a') ?? '', b: idOf(search, 'b') ?? '' }),
  component: lazyScreen(() => import('../runs/compare-page.tsx'), 'ComparePage'),
})

const connections = createRoute({
  getParentRoute: () => frame,
  path: '/connections',
  validateSearch: parseConnectionsSearch,
  component: lazyScreen(() => import('../connections/connections-page.tsx'), 'ConnectionsPage'),
})

const changes = createRoute({
  getParentRoute: () => frame,
  path: '/changes',
  validateSearch: parseChangesSearch,
  component: lazyScreen(() => import('../changes/changes-page.tsx'), 'ChangesPage'),
})

const connectors = createRoute({
  getParentRoute: () => frame,
  path: '/connectors',
  component: lazyScreen(() => import('../connectors/connectors-page.tsx'), 'ConnectorsPage'),
})

const connector = createRoute({
  getParentRoute: () => frame,
  path: '/connectors/$name',
  component: lazyScreen(() => import('./connector-screen.tsx'), 'ConnectorScreen'),
})

const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/$section', params: { section: 'appearance' }, replace: true })
  },
})

const section = createRoute({
  getParentRoute: () => frame,
  path: '/settings/$section',
  validateSearch: parseAuditSearch,
  component: lazyScreen(() => import('../settings/settings-page.tsx'), 'SettingsPage'),
})

const nowhere = createRoute({ getParentRoute: () => frame, path: '$', component: NotFound })

const tree = root.addChildren([
  signIn,
  setup,
  invitation,
  forgotPassword,
  newPassword,
  frame.addChildren([
    home,
    pipelines,
    pipeline,
    editor,
    run,
    runs,
    compare,
    connections,
    changes,
    connectors,
    connector,
    settings,
    section,
    nowhere,
  ]),
])

/** Every address of the app. The parameters after `?` are typed, so that a filter is a link. */
export const appRouter = createRouter({
  routeTree: tree,
  defaultPendingComponent: PageSplash,
  defaultPendingMs: 150,
  defaultErrorComponent: PageCrash,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof appRouter
  }
}
