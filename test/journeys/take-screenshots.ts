import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { setup as buildWeb } from './build-web.ts'
import { furnishWorkspaces } from './furnish-workspaces.ts'
import type { Furnished } from './furnish-workspaces.ts'
import { openContext } from './open-context.ts'
import { screens } from './screens.ts'
import type { Screen } from './screens.ts'
import { settle } from './settle.ts'
import { openBrowser, startPenstock } from './start-penstock.ts'
import { arrive, openVisitors } from './visit-screens.ts'

/*
 * Pictures of every screen in every state, both themes and three widths:
 *   npm run screenshots [-- folder [part of a screen's name]]
 * Two of them are for the README: docs/images/editor.png and run.png.
 */

const widths = [1440, 820, 390] as const
const heights = { 1440: 900, 820: 1180, 390: 844 } as const
const root = join(import.meta.dirname, '../..')

async function main(): Promise<void> {
  const [folder = 'data/screenshots', part = ''] = process.argv.slice(2)
  const into = resolve(process.env['INIT_CWD'] ?? '.', folder)
  await mkdir(into, { recursive: true })
  buildWeb()
  const browser = await openBrowser()
  if (!browser) return void (process.exitCode = 1)
  const penstock = await startPenstock({ DATABASE_URL: '' })
  try {
    const furnished = await furnishWorkspaces(penstock, browser)
    if (part === '') {
      await photographAccess(browser, furnished, into)
      await photographForReadme(furnished)
    }
    const wanted = screens.filter(({ name }) => name.includes(part))
    await photographAll(furnished, wanted, into)
  } finally {
    await browser.close()
    await penstock.remove()
  }
}

async function photographAll(furnished: Furnished, wanted: readonly Screen[], folder: string): Promise<void> {
  const visitors = await openVisitors(furnished)
  for (const screen of wanted) {
    for (const state of screen.states) {
      const page = await visitors.pageFor(screen, state)
      const name = `${screen.name}-${state}`
      try {
        await arrive(page, furnished, screen, state)
        await photographWidths(page, join(folder, name))
        process.stdout.write(`${name}\n`)
      } catch (error) {
        process.exitCode = 1
        await page.screenshot({ path: join(folder, `${name}-FAILED.png`) }).catch(() => undefined)
        process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`)
      }
      await page.close()
    }
  }
}

async function photographWidths(page: Page, path: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: heights[width] })
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme)
      await page.screenshot({ path: `${path}-${width}-${theme}.png` })
    }
  }
}

/** What is seen before signing in. */
async function photographAccess(
  browser: Browser,
  { url, invitation }: Furnished,
  folder: string,
): Promise<void> {
  const context = await openContext(browser)
  const places = { 'sign-in': `${url}/sign-in`, invitation, setup: `${url}/setup?token=used` }
  for (const [name, address] of Object.entries(places)) {
    const page = await context.newPage()
    await page.goto(address)
    await settle(page, 'filled')
    await photographWidths(page, join(folder, `${name}-filled`))
    await page.close()
  }
  await context.close()
}

/** The two pictures of the README, small enough for a page. */
async function photographForReadme(furnished: Furnished): Promise<void> {
  const folder = join(root, 'docs/images')
  await mkdir(folder, { recursive: true })
  const context = await furnished.ada.newContext({
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 860 },
  })
  const { pipeline, run } = furnished.places
  await photographOne(
    context,
    `${furnished.url}/pipelines/${pipeline}/edit`,
    join(folder, 'editor.png'),
    'source',
  )
  await photographOne(context, `${furnished.url}/pipelines/${pipeline}/runs/${run}`, join(folder, 'run.png'))
  await context.close()
}

async function photographOne(
  context: BrowserContext,
  url: string,
  path: string,
  step?: string,
): Promise<void> {
  const page = await context.newPage()
  await page.goto(url)
  await settle(page, 'filled')
  await page.locator('.react-flow__node').first().waitFor()
  if (step !== undefined) {
    await page.locator(`.react-flow__node[data-id="${step}"]`).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'Fields' }).click()
    await settle(page, 'filled')
  }
  await page.screenshot({ path })
  await page.close()
}

await main()
