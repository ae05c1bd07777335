import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { Furnished } from './furnish-workspaces.ts'
import type { Screen, ScreenState } from './screens.ts'
import { settle } from './settle.ts'
import { steerAnswers } from './steer-answers.ts'

/** Signed-in browsers: in the workspace that has everything, as an admin and as a viewer, and in the one that has nothing. */
export interface Visitors {
  /** A page of whoever can see the screen in this state. */
  pageFor(screen: Screen, state: ScreenState): Promise<Page>
  /** Gives a page back as it was, for the next visit: a new one takes longer than most screens do. */
  leave(page: Page): Promise<void>
  close(): Promise<void>
}

export async function openVisitors(
  { ada, empty, viewer }: Furnished,
  options: BrowserContextOptions = {},
): Promise<Visitors> {
  const still = { reducedMotion: 'reduce', ...options } as const
  const contexts = {
    filled: await ada.newContext(still),
    bare: await empty.newContext(still),
    viewer: await viewer.newContext(still),
  }
  const idle = new Map<BrowserContext, Page[]>()
  return {
    pageFor: async ({ emptyAmongOthers }, state) => {
      const bare = state === 'empty' && !emptyAmongOthers
      const context = contexts[state === 'forbidden' ? 'viewer' : bare ? 'bare' : 'filled']
      const page = idle.get(context)?.pop() ?? (await context.newPage())
      // What was not saved is left without a word.
      page.on('dialog', (dialog) => void dialog.accept())
      return page
    },
    leave: async (page) => {
      await page.removeAllListeners(undefined, { behavior: 'ignoreErrors' })
      await page.unrouteAll({ behavior: 'ignoreErrors' })
      await page.emulateMedia({ forcedColors: null })
      await page.setViewportSize(options.viewport ?? { width: 1440, height: 900 })
      idle.set(page.context(), [...(idle.get(page.context()) ?? []), page])
    },
    close: async () => {
      for (const context of Object.values(contexts)) await context.close()
    },
  }
}

/** Opens a screen in a state, and waits until it stands still. */
export async function arrive(
  page: Page,
  { url, places }: Furnished,
  screen: Screen,
  state: ScreenState,
): Promise<void> {
  if (state === 'failing') await steerAnswers(page, () => 'failing')
  if (state === 'loading') await steerAnswers(page, () => 'never')
  await page.goto(`${url}${screen.at(places, state)}`)
  await settle(page, state)
  await screen.open?.(page)
  await settle(page, state)
}
