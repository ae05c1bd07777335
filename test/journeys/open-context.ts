import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

const pictures = join(import.meta.dirname, '../../data/screenshots/failed')

/** A browser of someone who is not signed in: 1440 by 900, without movement. */
export async function openContext(
  browser: Browser | undefined,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  if (!browser) throw new Error('There is no browser.')
  const viewport = { width: 1440, height: 900 }
  return await browser.newContext({ viewport, reducedMotion: 'reduce', ...options })
}

/** What went wrong in a page without anybody seeing it: exceptions, and what the browser printed as an error. */
export function hearErrors(page: Page): readonly string[] {
  const heard: string[] = []
  page.on('pageerror', (error) => heard.push(`${error.name}: ${error.message}`))
  page.on('console', (message) => {
    // A refused request is printed, too; what the screen says about it is what the journeys look at.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      heard.push(message.text())
  })
  return heard
}

/**
 * For `afterEach`: what the page looked like when a test failed is worth more than its stack. Written to data/screenshots/failed,
 * and, for a log that is all that is left of a machine, printed as the words that a screen reader would find.
 */
export async function keepPicture(
  page: Page | undefined,
  task: { readonly name: string; readonly result?: { readonly state?: string } | undefined },
): Promise<void> {
  if (task.result?.state !== 'fail' || !page || page.isClosed()) return
  mkdirSync(pictures, { recursive: true })
  const name = task.name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 80)
  await page.screenshot({ path: join(pictures, `${name}.png`), timeout: 5_000 }).catch(() => undefined)
  const words = await page.locator('body').ariaSnapshot({ timeout: 5_000 }).catch(String)
  process.stderr.write(`${task.name}: failed at ${page.url()}, where one reads\n${words.slice(0, 6_000)}\n`)
}
