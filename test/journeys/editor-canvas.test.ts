import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findViolationsInBothThemes } from './find-violations.ts'
import { openContext } from './open-context.ts'
import { openBrowser } from './start-penstock.ts'

const root = join(import.meta.dirname, '../..')
const browser = await openBrowser()
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/** The canvas and the field grid by themselves, with a document in memory: gestures. Their speed is measured by `npm run bench:web`. */
describe.skipIf(!browser)('the canvas', () => {
  const built = mkdtempSync(join(tmpdir(), 'penstock-canvas-'))
  let server: Server
  let url = ''

  beforeAll(async () => {
    const config = join(import.meta.dirname, 'editor-preview/vite.config.mjs')
    const args = ['build', '--config', config, '--outDir', built, '--logLevel', 'error']
    const vite = spawnSync(join(root, 'web/node_modules/.bin/vite'), args, { cwd: root, encoding: 'utf8' })
    if (vite.status !== 0) throw new Error(vite.stdout + vite.stderr)
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost')
      const file = pathname === '/' ? '/index.html' : pathname
      response.setHeader('content-type', types[extname(file)] ?? 'text/plain')
      response.end(readFileSync(join(built, file)))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
    const address = server.address()
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
    rmSync(built, { recursive: true, force: true })
  })

  async function open(query: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await openContext(browser, options)).newPage()
    await page.goto(url + query)
    await page.locator('.react-flow__node, [role=treegrid]').first().waitFor()
    return page
  }

  async function centre(thing: Locator): Promise<{ readonly x: number; readonly y: number }> {
    const box = await thing.boundingBox()
    return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 }
  }

  async function documentOf(page: Page): Promise<Record<string, unknown>> {
    return await page.evaluate('editorStore.getState().content.document')
  }

  async function said(page: Page, text: RegExp): Promise<void> {
    await expect.poll(() => page.locator('[data-editor-said]').textContent()).toMatch(text)
  }

  test('a step is dragged from the palette with the mouse; its place lights up', async () => {
    const page = await open('?empty')
    const [item, canvas] = [page.locator('[data-palette="source:intercom"]'), page.locator('.react-flow')]
    const [from, to] = [await centre(item), await centre(canvas)]
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(to.x, to.y, { steps: 6 })
    await page.locator('[data-id="slot:source"] .border-accent').waitFor()
    await page.mouse.up()
    await page.locator('[data-id="source"]').waitFor()
    expect(await documentOf(page)).toMatchObject({ source: { connector: 'intercom', connection: 'c1' } })
    await page.context().close()
  })

  test('a finger drags a step from the palette, pans, and opens a step’s panel; two fingers zoom', async () => {
    const page = await open('?empty', { viewport: { width: 820, height: 1180 }, hasTouch: true })
    const touch = await fingersOn(page)
    const canvas = await centre(page.locator('.react-flow'))
    await touch.drag([[await centre(page.locator('[data-palette="source:intercom"]')), canvas]])
    await page.locator('[data-id="source"]').waitFor()
    expect(await documentOf(page)).toMatchObject({ source: { connector: 'intercom' } })
    const view = async (): Promise<{ readonly x: number; readonly zoom: number }> =>
      await page.evaluate(
        '(({ e, a }) => ({ x: e, zoom: a }))(new DOMMatrix(getComputedStyle(document.querySelector(".react-flow__viewport")).transform))',
      )
    const free = { x: canvas.x, y: canvas.y + 300 }
    const before = await view()
    await touch.drag([[free, { x: free.x + 90, y: free.y }]])
    await expect.poll(async () => (await view()).x).toBeGreaterThan(before.x + 30)
    await touch.drag([
      [free, { x: free.x - 120, y: free.y }],
      [
        { x: free.x + 20, y: free.y },
        { x: free.x + 140, y: free.y },
      ],
    ])
    await expect.poll(async () => (await view()).zoom).toBeGreaterThan(before.zoom * 1.2)
    await page.evaluate('editorStore.getState().show({ panel: undefined })')
    await page.locator('[data-id="source"]').tap()
    await expect.poll(() => page.evaluate('editorStore.getState().panel?.step')).toBe('source')
    await page.context().close()
  })

  test('a card is moved by mouse and by key, and Tidy lays all of them out again; the pipeline is not changed', async () => {
    const page = await open('')
    const before = await documentOf(page)
    const at = await centre(page.locator('[data-id="protection"]'))
    await page.mouse.move(at.x, at.y)
    await page.mouse.down()
    await page.mouse.move(at.x + 40, at.y + 120, { steps: 6 })
    await page.mouse.up()
    await expect
      .poll(() => page.evaluate('Object.keys(editorStore.getState().content.layout.positions)'))
      .toEqual(['protection'])
    await page.locator('[data-id="source"]').focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Alt+ArrowDown')
    await said(page, /Moved/)
    await page.keyboard.press('Shift+Alt+T')
    await said(page, /tidy/)
    expect(await page.evaluate('editorStore.getState().content.layout.positions')).toEqual({})
    expect(await documentOf(page)).toEqual(before)
    await page.context().close()
  })

  test('a + on the edge, the menu and a note do what they say, and axe finds nothing in either theme', async () => {
    const page = await open('?theme=light')
    await page.locator('[data-id="protection"]').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Delete')
    await page.locator('[data-slot="protection"]').click()
    await page.locator('[data-id="protection"]').waitFor()
    await page.locator('[data-id="source"]').click({ button: 'right' })
    await page.getByRole('menuitem', { name: /Add a note/ }).click()
    await page.locator('[data-id="note:n1"]').waitFor()
    expect(await findViolationsInBothThemes(page)).toEqual([])
    await page.context().close()
  })

  test('D disables an object and keeps its settings; undo, and D again, bring it back; the source says why it cannot be', async () => {
    const page = await open('?objects=3')
    const before = await documentOf(page)
    await page.locator('[data-id="object:object_1"]').focus()
    await page.keyboard.press('d')
    await said(page, /Object 1 disabled/)
    await page.locator('[data-id="object:object_1"]').getByText('Disabled').waitFor()
    expect(Object.keys((await documentOf(page))['objects'] ?? {})).toEqual(['object_0', 'object_2'])
    await page.keyboard.press('d')
    await said(page, /Object 1 enabled/)
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await said(page, /Undone: disable an object/)
    expect(await documentOf(page)).toEqual(before)
    await page.locator('[data-id="source"]').focus()
    await page.keyboard.press('d')
    expect(await documentOf(page)).toEqual(before)
    await page.context().close()
  })

  test('of forty cards Tab reaches one; from afar each shows its name alone, larger, and its lines; nearer, and to a screen reader, all is there', async () => {
    const page = await open('?objects=40')
    expect(await page.locator('.react-flow__node[tabindex="0"]').count()).toBe(1)
    await page.locator('.react-flow__minimap').waitFor()
    const card = page.getByRole('group', { name: /^Object 20,.*Incremental/ })
    const [name, summary] = [card.getByText('Object 20'), card.getByText(/Incremental/)]
    await expect.poll(() => summary.isVisible()).toBe(false)
    expect(await name.evaluate((element) => parseFloat(getComputedStyle(element).fontSize))).toBe(26)
    await expect.poll(() => page.locator('.react-flow__edge path').count()).toBeGreaterThanOrEqual(40)
    for (let press = 0; press < 4; press += 1) await page.getByRole('button', { name: 'Zoom in' }).click()
    await summary.waitFor()
    expect(await name.evaluate((element) => parseFloat(getComputedStyle(element).fontSize))).toBeLessThan(20)
    await page.context().close()
  })

  test('a grid of a thousand objects of a hundred fields answers keys, and draws what is in sight', async () => {
    const page = await open('?grid&objects=1000')
    await page.locator('[data-row="0"]').click()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.evaluate(
      'globalThis.selects = () => document.querySelector("[data-row=\\"2\\"] select")?.value',
    )
    await page.keyboard.press('h')
    await expect.poll(() => page.evaluate('selects()')).toBe('hash')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Space')
    await expect.poll(() => page.evaluate('selects()')).toBe('exclude')
    expect(await page.locator('[data-row]').count()).toBeLessThanOrEqual(60)
    await page.getByRole('searchbox').pressSequentially('field_9')
    await page.getByRole('button', { name: /Hash all sensitive/ }).click()
    await expect
      .poll(() => page.getByRole('button', { name: 'Hash all sensitive fields (0)' }).count())
      .toBe(1)
    await page.context().close()
  })
})

interface Spot {
  readonly x: number
  readonly y: number
}

/** Fingers on a page's screen; each is drawn from one spot to another, all at once. */
async function fingersOn(
  page: Page,
): Promise<{ readonly drag: (ways: readonly (readonly [Spot, Spot])[]) => Promise<void> }> {
  const cdp = await page.context().newCDPSession(page)
  const put = async (type: 'touchStart' | 'touchMove', touchPoints: Spot[]): Promise<void> => {
    await cdp.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
  return {
    drag: async (ways) => {
      const at = (part: number): Spot[] =>
        ways.map(([from, to], id) => ({
          id,
          x: from.x + (to.x - from.x) * part,
          y: from.y + (to.y - from.y) * part,
        }))
      await put('touchStart', at(0))
      for (let step = 1; step <= 6; step += 1) await put('touchMove', at(step / 6))
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    },
  }
}
