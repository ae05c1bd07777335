import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { browserDefaults, browserPatienceMs } from './start-penstock.ts'

const pictures = join(import.meta.dirname, '../../data/screenshots/failed')

/** A browser of someone who is not signed in: 1440 by 900, without movement. */
export async function openContext(
  browser: Browser | undefined,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  if (!browser) throw new Error('There is no browser.')
  const context = await browser.newContext({ ...browserDefaults, reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(browserPatienceMs)
  return context
}

/**
 * What went wrong in a page without anybody seeing it: exceptions, what the browser printed as an error, and whatever took the focus away
 * with it and left it on nothing, after any command. To be called before the page goes anywhere.
 */
export function hearErrors(page: Page): readonly string[] {
  const heard: string[] = []
  void page.addInitScript(watchFocus)
  page.on('pageerror', (error) => {
    heard.push(`${error.name}: ${error.message}`)
    // At once, for a log: the test that looks at what was heard comes last.
    process.stderr.write(`${page.url()}: ${error.name}: ${error.message}\n`)
  })
  page.on('console', (message) => {
    // A refused request is printed, too; what the screen says about it is what the journeys look at.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      heard.push(message.text())
  })
  return heard
}

/** Prints an error when the focus is on nothing, and stays there, because what had it went away. Counted in turns of the page's own thread. */
function watchFocus(): void {
  // A page that is used again has the watch from its first visit.
  if (Reflect.has(globalThis, 'focusIsWatched')) return
  Reflect.set(globalThis, 'focusIsWatched', true)
  let last: Element | undefined
  let turns = 0
  addEventListener('focusin', ({ target }) => (last = target instanceof Element ? target : last), true)
  setInterval(() => {
    const isGone = last && !(last.isConnected && !last.matches(':disabled') && last.checkVisibility())
    const isLost = isGone && document.activeElement === document.body && document.querySelector('main h1')
    turns = isLost ? turns + 1 : 0
    if (turns === 20)
      reportError(new Error(`The focus is on nothing since this went away: ${last?.outerHTML.slice(0, 200)}`))
  }, 100)
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
