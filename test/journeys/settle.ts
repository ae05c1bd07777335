import type { Page } from 'playwright-core'
import type { ScreenState } from './screens.ts'

/** Waits until a screen shows what it will show: no skeleton where answers come, a skeleton where they never do, a word of failure where they fail. */
export async function settle(page: Page, state: ScreenState): Promise<void> {
  if (state === 'failing') await page.locator('[role=alert]').first().waitFor()
  else if (state === 'loading') {
    // Before the page itself, the outline of any page is shown.
    await page.waitForFunction(
      () => document.querySelector('main .animate-pulse') && !document.querySelector('[data-splash]'),
    )
  } else {
    await page.locator('main h1, main [role=alert], [role=dialog]').first().waitFor()
    await page.waitForFunction(() => document.querySelectorAll('.animate-pulse').length === 0)
  }
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  })
}
