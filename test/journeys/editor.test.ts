import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectFocus, expectRoomOnPhone } from './expect-looks.ts'
import { findViolationsInBothThemes } from './find-violations.ts'
import { hearErrors } from './open-context.ts'
import { startSmallSandbox } from './small-sandbox.ts'
import { openBrowser, password, signIn, signUpAdmin, startPenstock } from './start-penstock.ts'
import type { RunningPenstock, SignedIn } from './start-penstock.ts'
import { answerWithFailure } from './steer-answers.ts'

const browser = await openBrowser()

describe.skipIf(!browser)('the editor', () => {
  let penstock: RunningPenstock
  let ada: SignedIn
  let context: BrowserContext
  const heard: (readonly string[])[] = []

  beforeAll(async () => {
    penstock = await startPenstock({}, await startSmallSandbox())
    ada = await signUpAdmin(penstock, browser)
    context = await ada.newContext({ reducedMotion: 'reduce' })
    await ada.api.connections.createSource.mutate({
      connector: 'intercom',
      name: 'Acme Intercom',
      region: 'us',
      apiBaseUrl: penstock.sandboxUrl,
      settings: { accessToken: 'sandbox-token' },
    })
    await ada.api.connections.createDestination.mutate({
      type: 'duckdb',
      name: 'Local warehouse',
      settings: { path: 'editor-journey.duckdb' },
    })
  })
  afterAll(async () => {
    await browser?.close()
    await penstock?.remove()
  })

  async function openEditor(id: string, within = context): Promise<Page> {
    const page = await within.newPage()
    heard.push(hearErrors(page))
    await page.goto(`${penstock.url}/pipelines/${id}/edit`)
    await page.locator('[data-save]').waitFor()
    return page
  }

  async function newPipeline(name: string, document?: Record<string, unknown>): Promise<string> {
    return (await ada.api.pipelines.create.mutate({ name, ...(document ? { document } : {}) })).id
  }

  async function wholeDocument(name: string): Promise<Record<string, unknown>> {
    const connections = await ada.api.connections.list.query({})
    const idOf = (kind: string): string | undefined => connections.find((one) => one.kind === kind)?.id
    return {
      name,
      source: { connector: 'intercom', connection: idOf('source') },
      objects: { contacts: { fields: { email: 'hash' } }, tags: {} },
      destination: { type: 'duckdb', connection: idOf('destination'), schema: 'intercom' },
    }
  }

  /** What has the focus: a step's id, else the element's name. Never nothing. */
  async function focused(page: Page): Promise<string> {
    await expect
      .poll(() => page.evaluate('document.activeElement?.tagName'), { timeout: 20_000 })
      .not.toBe('BODY')
    return await page.evaluate(
      '(({ activeElement: e }) => e.dataset.id ?? e.dataset.step ?? e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent)(document)',
    )
  }

  async function saved(page: Page): Promise<void> {
    await page.locator('[data-save=saved]').waitFor()
  }

  test('sample values come when asked for, masked or as the token that will land', async () => {
    const page = await openEditor(await newPipeline('Samples', await wholeDocument('Samples')))
    await page.locator('[data-id=source]').click()
    await page.getByRole('tab', { name: 'Fields' }).click()
    const row = (text: RegExp) => page.locator('[data-row]').filter({ hasText: text })
    await row(/^Contacts/).focus()
    await expect.poll(() => row(/^email.?Sensitive/).textContent()).not.toContain('h1:')
    await page.keyboard.press('e')
    await expect.poll(() => row(/^email.?Sensitive/).textContent()).toMatch(/h1:[\w-]{8}…/)
    await row(/^email.?Sensitive/).click()
    await page.keyboard.press('r')
    await expect.poll(() => row(/^email.?Sensitive/).textContent()).toContain('•••@…')
    const [looked] = (await ada.api.audit.list.query({ action: 'pipeline.preview' })).items
    expect(looked?.detail?.after).toEqual({ object: 'contacts', rows: 20, masked: true })
    await page.close()
  })

  test('the focus is never lost when steps come and go', async () => {
    const page = await openEditor(await newPipeline('Focus', await wholeDocument('Focus')))
    await page.locator('[data-id="destination"]').focus()
    const ways: readonly (readonly [string, string])[] = [
      ['Home', 'source'],
      ['End', 'destination'],
      ['Delete', 'slot:destination'],
      ['Control+z', 'destination'],
      ['ArrowLeft', 'protection'],
      ['Delete', 'source'],
      ['Control+z', 'source'],
      ['Delete', 'slot:source'],
      ['Control+z', 'source'],
      ['Enter', 'Acme Intercom'],
      ['Escape', 'source'],
      ['F2', 'Name on the canvas'],
      ['Escape', 'source'],
    ]
    for (const [key, step] of ways) {
      await page.keyboard.press(key)
      // A key and where it led, so that a failure says which one it was.
      await expect.poll(async () => `${key} → ${await focused(page)}`).toMatch(`${key} → ${step}`)
    }
    await page.keyboard.press('Enter')
    const addObjects = page.getByRole('button', { name: 'Add objects' })
    await addObjects.press('Enter')
    await page.getByRole('dialog').waitFor()
    for (let tabs = 0; tabs < 8; tabs++) await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    const hasFocus = async () => await addObjects.evaluate((button) => button === document.activeElement)
    await expect.poll(hasFocus).toBe(true)
    await page.close()
  })

  test('undo survives a reload, and work that never reached the server does, too', async () => {
    const id = await newPipeline('Kept', await wholeDocument('Kept'))
    const page = await openEditor(id)
    const name = page.getByLabel('Name of the pipeline')
    await name.fill('Renamed')
    await saved(page)
    await page.getByRole('link', { name: 'Pipelines' }).click()
    await page.getByRole('link', { name: 'Renamed', exact: true }).click()
    await expect.poll(() => name.inputValue()).toBe('Renamed')
    await page.reload()
    await page.getByRole('button', { name: 'Undo: rename the pipeline' }).click()
    await expect.poll(() => name.inputValue()).toBe('Kept')
    await saved(page)
    await context.setOffline(true)
    await name.fill('Written on a train')
    await page.locator('[data-save=offline]').waitFor()
    await page.close()
    await context.setOffline(false)
    const next = await openEditor(id)
    await expect.poll(() => next.getByLabel('Name of the pipeline').inputValue()).toBe('Written on a train')
    await saved(next)
    await expect
      .poll(async () => (await ada.api.pipelines.get.query({ id })).draft['name'])
      .toBe('Written on a train')
    await next.close()
  })

  test('two people who edit at once both keep their changes', async () => {
    const id = await newPipeline('Shared', await wholeDocument('Shared'))
    const page = await openEditor(id)
    const theirs = await ada.api.pipelines.get.query({ id })
    const objects = { contacts: { fields: { language_override: 'hash' } } }
    await ada.api.pipelines.saveDraft.mutate({
      id,
      baseRevision: theirs.revision,
      document: { ...theirs.draft, concurrency: 3, objects },
    })
    await page.getByLabel('Name of the pipeline').fill('Ours')
    const onTop = page.getByRole('button', { name: 'Put my change on top' })
    await expectFocus(onTop)
    await expectRoomOnPhone(page.locator('[role=dialog] div:has(> table)'))
    await page.reload()
    await expectFocus(onTop)
    await page.keyboard.press('Enter')
    await saved(page)
    await expect
      .poll(async () => (await ada.api.pipelines.get.query({ id })).draft)
      .toMatchObject({ name: 'Ours', concurrency: 3 })
    await page.close()
  })

  test('whoever has the same pipeline open is seen, and is gone when they leave', async () => {
    const { link } = await ada.api.invitations.create.mutate({ email: 'grace@example.com', role: 'editor' })
    const token = new URL(link).searchParams.get('token') ?? ''
    await ada.api.invitations.accept.mutate({ token, name: 'Grace Hopper', password })
    const grace = await signIn(penstock, 'grace@example.com', browser)
    const hers = await grace.newContext()
    const id = await newPipeline('Together', await wholeDocument('Together'))
    const page = await openEditor(id)
    // A proxy that refuses a stream once, as during an upgrade, does not end it for good.
    await hers.route('**/trpc/runs.watch*', (route) => route.fulfill({ status: 503 }), { times: 1 })
    const theirs = await openEditor(id, hers)
    await page.getByRole('img', { name: 'Also has this open: Grace Hopper' }).waitFor()
    expect(await page.locator('[data-present]').textContent()).toBe('GH')
    await theirs.getByRole('img', { name: 'Also has this open: Ada Admin' }).waitFor()
    await theirs.close()
    await page.locator('[data-present]').waitFor({ state: 'detached' })
    await hers.close()
    await page.close()
  })

  test('a connection that is made here is taken once: what is chosen afterwards stays', async () => {
    const { destination } = await wholeDocument('Chosen')
    const id = await newPipeline('Chosen', { name: 'Chosen', objects: {}, destination })
    const page = await openEditor(id)
    await page.locator('[data-id=destination]').click()
    await page.getByRole('button', { name: 'Connect a destination …' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /DuckDB/ })
      .click()
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Second warehouse')
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    const field = page.getByRole('button', { name: /^Connection/ })
    await expect.poll(() => field.textContent()).toBe('Second warehouse')
    await field.click()
    await page.getByRole('option', { name: /^Local warehouse/ }).click()
    const made = (await ada.api.connections.list.query({})).find((one) => one.name === 'Second warehouse')
    await ada.api.connections.update.mutate({ id: made?.id ?? '', name: 'Third warehouse' })
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.getByText('The connection works.').waitFor()
    await field.click()
    await page.getByRole('option', { name: /^Third warehouse/ }).waitFor()
    expect(await field.textContent()).toBe('Local warehouse')
    await page.close()
  })

  test('what was not saved is not published in an older form', async () => {
    const id = await newPipeline('Unsaved', await wholeDocument('Unsaved'))
    const page = await openEditor(id)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Publish this pipeline' })
    await page.route('**/trpc/*saveDraft*', answerWithFailure)
    await dialog.getByLabel('Name', { exact: true }).fill('Renamed in the last moment')
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
    await dialog.getByRole('alert').waitFor()
    expect((await ada.api.pipelines.get.query({ id })).version).toBe(null)
    await page.close()
  })

  test('canvas, outline and YAML are three views of one document', async () => {
    const id = await newPipeline('Views', { ...(await wholeDocument('Views')), schemaChanges: 'block' })
    const page = await openEditor(id)
    await page.getByRole('radio', { name: 'YAML' }).click()
    const text = page.getByLabel('Pipeline document, YAML')
    await text.click()
    // To look at it is no edit.
    await page.getByRole('radio', { name: 'Outline' }).click()
    await page.locator('[data-step=source]').waitFor()
    await page.getByRole('button', { name: 'Nothing to undo' }).waitFor()
    await page.getByRole('radio', { name: 'YAML' }).click()
    await text.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('schedule: { every: 5m }')
    await page.keyboard.press('Control+Enter')
    await page.locator('[data-problems="1"]').waitFor()
    await page.getByRole('radio', { name: 'Outline' }).click()
    await expect.poll(() => page.locator('[data-step=source]').textContent()).toContain('every 5 min')
    await page.getByRole('radio', { name: 'Canvas' }).click()
    await page.locator('[data-id=source]').waitFor()
    await page.keyboard.press('Control+z')
    await page.locator('[data-problems="0"]').waitFor()
    // Text with a mistake is no pipeline: it is not taken over, and not lost either.
    await page.getByRole('radio', { name: 'YAML' }).click()
    await text.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('scheduel: daily')
    await page.getByRole('radio', { name: 'Canvas' }).click()
    await page.getByText(/of the YAML has a mistake/).waitFor()
    await page.getByRole('radio', { name: 'YAML' }).click()
    await expect.poll(() => text.textContent()).toContain('scheduel: daily')
    await page.close()
  })

  test('no view breaks a rule of accessibility, in either theme', async () => {
    const page = await openEditor(await newPipeline('Axe', await wholeDocument('Axe')))
    const scan = async (view: string): Promise<void> =>
      expect({ view, found: await findViolationsInBothThemes(page, ['nav']) }).toEqual({ view, found: [] })
    await page.locator('[data-id=source]').click()
    await page.getByRole('button', { name: 'Add objects' }).waitFor()
    await scan('objects')
    await page.getByRole('tab', { name: 'Fields' }).click()
    await page.getByRole('treegrid').waitFor()
    await scan('fields')
    await page.getByRole('tab', { name: 'Settings' }).click()
    await scan('settings')
    await page.getByRole('button', { name: 'Close the panel' }).click()
    await page.locator('[data-problems]').click()
    await page.getByRole('radio', { name: 'YAML' }).click()
    await page.getByLabel('Pipeline document, YAML').fill('name: "Axe')
    await page.getByText('This quote is not closed').waitFor()
    await scan('YAML with a mistake, and problems')
    await page.getByRole('radio', { name: 'Outline' }).click()
    await scan('outline')
    await page.close()
  })

  test('nothing went wrong in any of these pages', () => {
    expect(heard.flat()).toEqual([])
  })
})
