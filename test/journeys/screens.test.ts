import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../fakes/seeded-random.ts'
import { expectFocus } from './expect-looks.ts'
import { findViolationsInBothThemes, findViolationsOf } from './find-violations.ts'
import { furnishWorkspaces } from './furnish-workspaces.ts'
import type { Furnished } from './furnish-workspaces.ts'
import { hearErrors } from './open-context.ts'
import { screens } from './screens.ts'
import type { Screen, ScreenState } from './screens.ts'
import { startSmallSandbox } from './small-sandbox.ts'
import { openBrowser, startPenstock } from './start-penstock.ts'
import type { RunningPenstock } from './start-penstock.ts'
import { arrive, openVisitors } from './visit-screens.ts'

const browser = await openBrowser()
const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
/** So many pages are looked at side by side: while one waits for its answers, another is examined. */
const abreast = 3
/** `npm run screens` looks at every screen in every state; `npm test` at so many for each of the tests below, drawn anew each time. */
const drawn = process.env['PENSTOCK_EVERY_SCREEN'] === '1' ? Infinity : 3
const seed = Date.now() % 1_000_000
const random = seededRandom(seed)

describe.skipIf(!browser)(`every screen (drawn with seed ${seed})`, () => {
  let penstock: RunningPenstock
  let furnished: Furnished

  beforeAll(async () => {
    penstock = await startPenstock({}, await startSmallSandbox())
    furnished = await furnishWorkspaces(penstock, browser)
  })
  afterAll(async () => {
    await browser?.close()
    await penstock?.remove()
  })

  test.each([
    ['with something in it', ['filled']],
    ['with nothing in it yet, or nothing for this role', ['empty', 'forbidden']],
    ['whose answers are on their way, or do not come', ['loading', 'failing']],
  ] as const)(
    '%s: can be read and worked by everyone, in both themes, and fits every window',
    async (_, states) => {
      const wanted = draw(
        states.flatMap((state) => visitsIn(state)),
        drawn,
      )
      expect(await visitAll(furnished, wanted, {}, look)).toEqual([])
    },
    300_000,
  )

  test('in a window of 320 pixels, or at 400 %, or with longer texts, scrolls in one direction, and shows where the focus is', async () => {
    const viewport = { width: 320, height: 640 }
    // What is opened with a mouse on a wide window is reached otherwise here.
    const wanted = visitsIn('filled').filter(({ screen }) => screen.phone || !screen.open)
    expect(await visitAll(furnished, draw(wanted, drawn), { viewport }, lookAtSmall)).toEqual([])
    if (drawn !== Infinity) return
    // As in a language whose words are longer. What is opened is looked for by its name, so only what has an address.
    const stretch = { origin: penstock.url, localStorage: [{ name: 'penstock.stretch', value: 'on' }] }
    const options = {
      viewport: { width: 390, height: 844 },
      storageState: { cookies: [], origins: [stretch] },
    }
    const addressed = visitsIn('filled').filter(({ screen }) => !screen.open)
    expect(await visitAll(furnished, addressed, options, lookAtStretched)).toEqual([])
  })

  test('is reached by keys, which do nothing while someone types or a dialog is open', async () => {
    const page = await (await furnished.ada.newContext({ reducedMotion: 'reduce' })).newPage()
    await page.goto(`${penstock.url}/pipelines`)
    await page.getByRole('heading', { name: 'Pipelines', level: 1 }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
    await page.locator('h1:focus').waitFor()
    await page.keyboard.press('c')
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: 'Connect a source' })
    await dialog.waitFor()
    await page.keyboard.press('?')
    expect(await page.getByRole('dialog').count()).toBe(1)
    const connectors = dialog.getByRole('listitem').getByRole('button')
    await expectFocus(connectors.first())
    for (const [key, place] of [
      ['End', -1],
      ['Home', 0],
      ['ArrowDown', 2],
      ['ArrowLeft', 1],
    ] as const) {
      await page.keyboard.press(key)
      await expectFocus(connectors.nth(place))
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    await page.locator('input[type="search"]:focus').waitFor()
    await page.keyboard.type('g r')
    expect(await page.getByRole('searchbox').inputValue()).toBe('g r')
    const arrive = await holdAnswers(page, 'pipelines.list')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Search and commands' }).waitFor()
    await page.getByRole('option', { name: 'Data pipeline', selected: true }).waitFor()
    arrive()
    await page.getByRole('option', { name: 'Support warehouse', selected: true }).waitFor()
    await page.keyboard.type('who did')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor()
    await page.context().close()
  })

  test('of settings takes keys alone: the workspace is renamed', async () => {
    const page = await (await furnished.ada.newContext({ reducedMotion: 'reduce' })).newPage()
    await page.goto(`${penstock.url}/settings/general`)
    const name = `Support since ${Date.now()}`
    await page.getByLabel('Name of the workspace').fill(name)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name }).waitFor()
    expect((await furnished.ada.api.session.me.query()).workspace?.name).toBe(name)
    await page.context().close()
  })

  test('of single keys is turned off with one switch', async () => {
    const page = await (await furnished.ada.newContext({ reducedMotion: 'reduce' })).newPage()
    await page.goto(`${penstock.url}/settings/shortcuts`)
    await page.getByRole('switch', { name: 'Single-key shortcuts' }).click()
    await page.getByRole('heading', { name: 'Keyboard shortcuts', level: 1 }).focus()
    await page.keyboard.press('c')
    expect(await page.getByRole('menu').count()).toBe(0)
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Search and commands' }).waitFor()
    await page.context().close()
  })
})

/** Keeps the answers of a procedure back until it is told to let them go. */
async function holdAnswers(page: Page, procedure: string): Promise<() => void> {
  const held = Promise.withResolvers<void>()
  await page.route(`**/trpc/*${procedure}*`, async (route) => {
    await held.promise
    await route.continue()
  })
  return () => held.resolve()
}

interface Visit {
  readonly screen: Screen
  readonly state: ScreenState
}

function visitsIn(state: ScreenState): readonly Visit[] {
  return screens.filter(({ states }) => states.includes(state)).map((screen) => ({ screen, state }))
}

/** So many of them, in any order. */
function draw(visits: readonly Visit[], count: number): readonly Visit[] {
  const places = visits.map((visit) => ({ visit, place: random.next() }))
  return places
    .toSorted((a, b) => a.place - b.place)
    .slice(0, count)
    .map(({ visit }) => visit)
}

/** Looks at screens, several at a time; the faults of all of them. */
async function visitAll(
  furnished: Furnished,
  wanted: readonly Visit[],
  options: BrowserContextOptions,
  examine: (page: Page, visit: Visit) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const visitors = await openVisitors(furnished, options)
  const left = [...wanted]
  const faults: string[] = []
  const work = async (): Promise<void> => {
    for (let visit = left.shift(); visit; visit = left.shift()) {
      const page = await visitors.pageFor(visit.screen, visit.state)
      const found = await visitOne(furnished, page, visit, examine)
      await visitors.leave(page)
      faults.push(...found.map((fault) => `${visit.screen.name}, ${visit.state}: ${fault}`))
    }
  }
  await Promise.all(Array.from({ length: abreast }, work))
  await visitors.close()
  return faults
}

/** The faults of one screen; also that it cannot be reached. */
async function visitOne(
  furnished: Furnished,
  page: Page,
  visit: Visit,
  examine: (page: Page, visit: Visit) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const errors = hearErrors(page)
  try {
    await arrive(page, furnished, visit.screen, visit.state)
    return [...(await examine(page, visit)), ...errors]
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

async function look(page: Page, { screen, state }: Visit): Promise<readonly string[]> {
  // The navigation is the same whatever its screen is in.
  const faults = await findViolationsInBothThemes(page, state === 'filled' ? [] : ['nav'])
  const narrow = await tooWide(page, [820, 390])
  // On a phone fingers have to find what they press.
  const small = screen.phone && state === 'filled' ? await findViolationsOf('target-size', page) : []
  const targets = drawn === Infinity ? await page.evaluate(smallTargets) : []
  return [...faults, ...narrow, ...small, ...targets]
}

/** What can be pressed and is less than 24 pixels wide or high, its label counted in, as HTML. Links within sentences may be. */
function smallTargets(): readonly string[] {
  const pressed = 'a[href], button, input, select, textarea, [role=menuitem], [role=option], [role=tab]'
  const small = [...document.querySelectorAll(pressed)].filter((element) => {
    const isOurs = !element.closest(
      '.sr-only, .cm-editor, .react-flow__node, .react-flow__panel, [aria-hidden=true]',
    )
    if (!isOurs || !element.checkVisibility({ opacityProperty: true }) || element.matches(':disabled'))
      return false
    if (element.matches('a') && getComputedStyle(element).display === 'inline') return false
    const sides = [element, element.closest('label') ?? element].map((one) => one.getBoundingClientRect())
    // One that is in the page only for the browser's own sake, as the input below a drawn box is.
    if (sides.some(({ width, height }) => width < 2 || height < 2)) return false
    return sides.every(({ width, height }) => Math.round(Math.min(width, height)) < 24)
  })
  return small.map((element) => `smaller than 24 pixels: ${element.outerHTML.slice(0, 160)}`)
}

async function tooWide(page: Page, widths: readonly number[]): Promise<readonly string[]> {
  const faults: string[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 })
    const over = await page.evaluate(overflow)
    if (over !== 0) faults.push(`${String(over)} pixels too wide at ${width}`)
  }
  return faults
}

/** With the system's own colours, which take away every shadow and every ground. */
async function lookAtSmall(page: Page): Promise<readonly string[]> {
  const faults = await tooWide(page, [320])
  await page.emulateMedia({ forcedColors: 'active' })
  const hidden = new Set<string>()
  for (let stop = 0; stop < 8; stop++) {
    await page.keyboard.press('Tab')
    const found = (await page.evaluate(unseenFocus)) ?? (await page.evaluate(unseenBubble))
    if (found) hidden.add(found)
  }
  return [...faults, ...[...hidden].map((element) => `no one sees the focus on ${element}`)]
}

async function lookAtStretched(page: Page): Promise<readonly string[]> {
  const spilt = await page.evaluate(textsOutOfPlace)
  return [...(await tooWide(page, [390])), ...spilt].map((fault) => `with longer texts: ${fault}`)
}

/** Texts that stick out of their box and are seen doing so, as HTML; the code of an editor scrolls by itself. */
function textsOutOfPlace(): readonly string[] {
  const all = [...document.querySelectorAll('main *')].filter((element) => {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
    if (!hasText || element.closest('.cm-editor, svg, .sr-only, .react-flow')) return false
    const { display, textOverflow, overflowX } = getComputedStyle(element)
    if (display === 'inline' || textOverflow === 'ellipsis' || overflowX !== 'visible') return false
    return element.checkVisibility() && element.scrollWidth > element.clientWidth + 1
  })
  return all.map((element) => `text is out of place: ${element.outerHTML.slice(0, 160)}`)
}

/** What opened beside the focus and has no edge, as HTML: without its ground it would be words upon words. */
function unseenBubble(): string | undefined {
  const bubble = document.querySelector('[data-radix-popper-content-wrapper] > *')
  return bubble && Number.parseFloat(getComputedStyle(bubble).borderTopWidth) < 1
    ? bubble.outerHTML.slice(0, 160)
    : undefined
}

/** What has the focus without showing it, as HTML; undefined when it is seen. */
function unseenFocus(): string | undefined {
  const focused = document.activeElement
  // After the last stop the focus is the browser's own; a heading has it only to be read from.
  if (!focused || focused.matches('html, body, h1, h2')) return undefined
  // The text editor draws the outline around itself.
  const { outlineStyle, outlineWidth } = getComputedStyle(focused.closest('.cm-editor') ?? focused)
  const seen = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
  return seen ? undefined : focused.outerHTML.slice(0, 160)
}
