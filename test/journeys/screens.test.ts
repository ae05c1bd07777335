import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hearErrors } from './open-context.ts'
import {
  openBrowser,
  type SignedIn,
  signUpAdmin,
  startPenstock,
  type RunningPenstock,
} from './start-penstock.ts'

const browser = await openBrowser()

/** Every screen outside the editor, by its address. `RUN` stands for the path of a run. */
const screens: readonly (readonly [string, string])[] = [
  ['/pipelines', 'Pipelines'],
  ['/pipelines?q=nothing+is+called+so', 'Pipelines'],
  ['/runs', 'Runs'],
  ['RUN', 'Run of Support warehouse'],
  ['RUN?log=true', 'Run of Support warehouse'],
  ['/connections', 'Connections'],
  ['/changes', 'Schema changes'],
  ['/connectors', 'Connectors'],
  ['/connectors/intercom', 'Intercom'],
  ['/connectors/new', 'New connector'],
  ['/settings/appearance', 'Appearance'],
  ['/settings/shortcuts', 'Keyboard shortcuts'],
  ['/settings/members', 'Members'],
  ['/settings/oauth-profiles', 'OAuth profiles'],
  ['/settings/regions', 'Allowed regions'],
  ['/settings/hash-key', 'Hash key'],
  ['/settings/alerts', 'Alerts'],
  ['/settings/api-keys', 'API keys'],
  ['/settings/audit', 'Audit log'],
  ['/settings/danger', 'Danger zone'],
]
const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

describe.skipIf(!browser)('every screen', () => {
  let penstock: RunningPenstock
  let admin: SignedIn
  let run = ''

  beforeAll(async () => {
    penstock = await startPenstock()
    admin = await signUpAdmin(penstock, present(browser))
    const { pipelineId, runId } = await admin.api.sandbox.accept.mutate()
    run = `/pipelines/${pipelineId}/runs/${runId}`
    await vi.waitFor(
      async () => {
        const { state } = await admin.api.runs.get.query({ id: runId })
        if (state === 'queued' || state === 'running') throw new Error(`The run is still ${state}.`)
      },
      { timeout: 40_000, interval: 300 },
    )
  })
  afterAll(async () => {
    await browser?.close()
    await penstock?.remove()
  })

  test('can be read and worked by everyone, in both themes, and fits every window', async () => {
    const page = await (await admin.newContext({ reducedMotion: 'reduce' })).newPage()
    const errors = hearErrors(page)
    const wrong: string[] = []
    for (const [path, title] of screens) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.emulateMedia({ colorScheme: 'light' })
      await open(page, `${penstock.url}${path.replace('RUN', run)}`, title)
      const axe = await new AxeBuilder({ page }).withTags(rules).analyze()
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.locator('html[data-theme=dark]').waitFor()
      const dark = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze()
      for (const { id, nodes } of [...axe.violations, ...dark.violations]) {
        wrong.push(`${path}: ${id} ${nodes[0]?.html.slice(0, 200)}`)
      }
      for (const width of [820, 390]) {
        await page.setViewportSize({ width, height: 844 })
        const over = await page.evaluate(overflow)
        if (over !== 0) wrong.push(`${path}: at ${width} pixels ${String(over)} too wide`)
      }
    }
    await page.context().close()
    expect(wrong).toEqual([])
    expect(errors).toEqual([])
  }, 150_000)

  test('is reached by keys, which do nothing while someone types or a dialog is open', async () => {
    const page = await (await admin.newContext({ reducedMotion: 'reduce' })).newPage()
    await open(page, `${penstock.url}/pipelines`, 'Pipelines')
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
    await page.keyboard.press('c')
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: 'Connect a source' })
    await dialog.waitFor()
    await page.keyboard.press('?')
    expect(await page.getByRole('dialog').count()).toBe(1)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    await page.keyboard.type('g r')
    expect(await page.getByRole('searchbox').inputValue()).toBe('g r')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Search and commands' }).waitFor()
    await page.keyboard.type('audit')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor()
    await page.context().close()
  })

  test('of single keys is turned off with one switch', async () => {
    const page = await (await admin.newContext({ reducedMotion: 'reduce' })).newPage()
    await open(page, `${penstock.url}/settings/shortcuts`, 'Keyboard shortcuts')
    await page.getByRole('switch', { name: 'Single-key shortcuts' }).click()
    await page.getByRole('heading', { name: 'Keyboard shortcuts', level: 1 }).focus()
    await page.keyboard.press('c')
    expect(await page.getByRole('menu').count()).toBe(0)
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Search and commands' }).waitFor()
    await page.context().close()
  })
})

/** Opens an address, and waits until its screen has what it asked for. */
async function open(page: Page, address: string, title: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  await page.getByRole('status').filter({ hasText: 'Loading' }).first().waitFor({ state: 'detached' })
}

function present(one: Browser | undefined): Browser {
  if (!one) throw new Error('There is no browser.')
  return one
}
