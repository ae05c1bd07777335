import { defaultBehaviour } from '@penstock/server/sandbox/behaviour-switches.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { countKeys } from './counted-keys.ts'
import { hearErrors, keepPicture } from './open-context.ts'
import { behave, change } from './sandbox-control.ts'
import { finished } from './furnish-workspaces.ts'
import { startSmallSandbox } from './small-sandbox.ts'
import { openBrowser, signUpAdmin, startPenstock } from './start-penstock.ts'
import type { RunningPenstock, SignedIn } from './start-penstock.ts'
import { answerWithFailure } from './steer-answers.ts'

const browser = await openBrowser()

describe.skipIf(!browser)('a pipeline with existing connections', () => {
  let penstock: RunningPenstock
  let ada: SignedIn
  let page: Page
  let errors: readonly string[]

  beforeAll(async () => {
    penstock = await startPenstock({}, await startSmallSandbox())
    ada = await signUpAdmin(penstock, browser)
    await connect(ada, penstock.sandboxUrl)
    page = await (await ada.newContext({ reducedMotion: 'reduce' })).newPage()
    errors = hearErrors(page)
  })
  afterEach(({ task }) => keepPicture(page, task))
  afterAll(async () => {
    await browser?.close()
    await penstock?.remove()
  })

  test('is built, protected, published and run with at most 45 keys and no mouse', async () => {
    await page.goto(`${penstock.url}/pipelines`)
    await page.getByRole('heading', { name: 'Build your first pipeline' }).waitFor()
    const keys = countKeys(page)
    await keys.press('c', 'i')
    await keys.focusOn(/Choose a source/)
    await keys.press('Enter')
    await keys.focusOn(/Search/)
    await keys.press('Enter')
    await keys.focusOn(/Acme Intercom, source.*9 objects/)
    await keys.press('ArrowRight', 'Enter')
    await keys.focusOn(/Search/)
    await keys.press('Enter')
    await keys.focusOn(/Local warehouse, destination/)
    await keys.press('ArrowLeft', 'Enter')
    await keys.pressUntil('Tab', /^BUTTON Objects/)
    await keys.press('ArrowRight')
    await keys.pressUntil('Tab', /^BUTTON Hash all sensitive fields \([1-9]/)
    await keys.press('Enter')
    await keys.focusOn(/^BUTTON Hash all sensitive fields \(0\)/)
    await keys.press('Control+Shift+Enter')
    await keys.focusOn(/Publish and run/)
    await keys.press('Enter')
    await page.waitForURL(/\/runs\//)
    await keys.focusOn(/^H1 Run of/)
    process.stdout.write(`    ${keys.count()} keys to a running pipeline\n`)
    expect(keys.count()).toBeLessThanOrEqual(45)
  })

  test('what was published hashes every field that the connector calls sensitive', async () => {
    const { pipelineId, runId } = placesIn(page.url())
    const { draft, publishedDocument } = await ada.api.pipelines.get.query({ id: pipelineId })
    expect(publishedDocument).toEqual(draft)
    expect(hashedFields(publishedDocument)).toBeGreaterThan(10)
    expect(await finished(ada, runId)).toBe('succeeded')
  })

  test('a change of the source’s schema is decided with the keyboard alone, and applied at once', async () => {
    const { pipelineId } = placesIn(page.url())
    await askBeforeChanges(ada, pipelineId)
    await change(penstock.sandboxUrl, { kind: 'create_contact', fields: { loyalty_tier: 'gold' } })
    await change(penstock.sandboxUrl, { kind: 'create_contact', fields: { has_hard_bounced: 'perhaps' } })
    const { runId } = await ada.api.runs.start.mutate({ pipelineId })
    await finished(ada, runId)
    await page.goto(`${penstock.url}/pipelines`)
    await page.getByRole('heading', { name: 'Pipelines' }).waitFor()
    const keys = countKeys(page)
    await page.getByRole('link', { name: 'Untitled pipeline' }).first().focus()
    // What keys opened gives the focus back to where it was.
    await page.keyboard.press('c')
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('c')
    await page.getByRole('dialog').waitFor()
    await keys.focusOn(/^BUTTON/)
    await page.keyboard.press('Escape')
    await keys.focusOn(/^A Untitled pipeline/)
    await keys.press('g', 'd')
    await page.getByText('contacts.loyalty_tier').waitFor()
    await keys.pressUntil('Tab', /^BUTTON Add as is/)
    await keys.press('Enter')
    await expect.poll(async () => await waiting(ada)).not.toContain('loyalty_tier')
    expect(keys.count()).toBeLessThanOrEqual(20)
    // The next change can be decided at once.
    await keys.focusOn(/^BUTTON Widen the column/)
    const decided = await ada.api.changes.list.query({ open: false, limit: 10 })
    expect(decided.items.map(({ field, decision }) => `${field}: ${decision}`)).toContain(
      'loyalty_tier: replicate',
    )
  })

  test('once a changed type is decided, what was rejected is read again with one button', async () => {
    const main = page.locator('main')
    await main.getByRole('button', { name: 'Widen the column' }).click()
    await main.getByText(/ rejected records of contacts\./).waitFor()
    const told = page.locator('[data-sonner-toast]').filter({ hasText: 'The column may widen.' })
    await told.getByRole('button', { name: 'Undo' }).click()
    await main.getByRole('button', { name: 'Read contacts again' }).waitFor({ state: 'hidden' })
    await main.getByRole('button', { name: 'Widen the column' }).click()
    await main.getByRole('button', { name: 'Read contacts again' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Re-sync' }).click()
    await main.getByText('Only contacts').waitFor()
    const { runId } = placesIn(page.url())
    expect(await finished(ada, runId)).toBe('succeeded')
    expect((await ada.api.runs.get.query({ id: runId })).trigger).toBe('resync')
  })

  test('goes back to a version that was live before, as an edit that can be undone', async () => {
    const { pipelineId: id } = placesIn(page.url())
    const before = await ada.api.pipelines.get.query({ id })
    const first = await ada.api.pipelines.version.query({ id, version: 1 })
    expect(first.document).not.toEqual(before.draft)
    await page.goto(`${penstock.url}/pipelines/${id}/edit`)
    await page.getByRole('button', { name: `Live v${before.version}. Versions` }).click()
    await page.getByRole('button', { name: 'Go back to it: version 1', exact: true }).click()
    const draft = async () => (await ada.api.pipelines.get.query({ id })).draft
    await expect.poll(draft).toEqual(first.document)
    await page.getByRole('button', { name: 'Undo: go back to version 1' }).click()
    await expect.poll(draft).toEqual(before.draft)
  })

  test('is running after at most 7 clicks', async () => {
    await page.goto(`${penstock.url}/pipelines`)
    let clicks = 0
    const click = async (target: ReturnType<Page['locator']>) => {
      await target.click()
      clicks += 1
    }
    await click(page.getByRole('button', { name: 'Create', exact: true }))
    await click(page.getByRole('menuitem', { name: /Data pipeline/ }))
    await click(page.locator('[data-palette]').filter({ hasText: 'Intercom' }))
    await page.getByText('26 sensitive').or(page.getByText('9 objects')).first().waitFor()
    await click(page.locator('[data-palette=protection]'))
    await click(page.locator('[data-palette]').filter({ hasText: 'DuckDB' }))
    await click(page.getByRole('button', { name: 'Publish', exact: true }))
    // What is stopped in the end must not be over by then.
    await behave(penstock.sandboxUrl, { rateLimitPerApp: 8 })
    await click(page.getByRole('button', { name: 'Publish and run' }))
    await page.waitForURL(/\/runs\//)
    expect(clicks).toBeLessThanOrEqual(7)
    const { pipelineId, runId } = placesIn(page.url())
    const { publishedDocument } = await ada.api.pipelines.get.query({ id: pipelineId })
    expect(hashedFields(publishedDocument)).toBeGreaterThan(10)
    await page.getByRole('button', { name: 'Details of contacts' }).waitFor()
    // What is on the screen stays there when the server cannot be asked for more.
    await page.route('**/trpc/*runs.get*', answerWithFailure)
    await ada.api.runs.cancel.mutate({ id: runId })
    await page.getByRole('alert').first().waitFor()
    await page.getByRole('button', { name: 'Details of contacts' }).waitFor()
    await page.unroute('**/trpc/*runs.get*')
    await behave(penstock.sandboxUrl, { rateLimitPerApp: defaultBehaviour().rateLimitPerApp })
  })

  test('a tab that nobody sees takes no connection from the others, and is up to date once it is seen', async () => {
    const context = await ada.newContext({ reducedMotion: 'reduce' })
    const hidden = await context.newPage()
    const streams: string[] = []
    hidden.on('request', (request) => request.url().includes('runs.watch') && streams.push(request.url()))
    await hidden.addInitScript(() => {
      let seen: DocumentVisibilityState = 'hidden'
      Object.defineProperty(document, 'visibilityState', { get: () => seen })
      addEventListener('look', () => {
        seen = 'visible'
        document.dispatchEvent(new Event('visibilitychange'))
      })
    })
    await hidden.goto(`${penstock.url}/pipelines`)
    await hidden.getByRole('link', { name: 'Untitled pipeline' }).first().waitFor()
    expect(streams).toEqual([])
    await hidden.evaluate(() => dispatchEvent(new Event('look')))
    await expect.poll(() => streams.length).toBe(1)
    await ada.api.pipelines.create.mutate({ name: 'Made meanwhile' })
    await hidden.getByRole('link', { name: 'Made meanwhile' }).waitFor()
    await context.close()
  })

  test('that came half written and no canvas can show is mended as text, and opens', async () => {
    const document = { name: 'Halfway', objects: {}, destination: { type: 'duckdb' } }
    const { id } = await ada.api.pipelines.create.mutate({ name: 'Halfway', document })
    await page.goto(`${penstock.url}/pipelines/${id}/edit`)
    await page.getByText('schema is missing. Add schema.').waitFor()
    const text = page.getByLabel('Pipeline document, YAML')
    await text.fill((await text.inputValue()).replace('type: duckdb', 'type: duckdb\n  schema: raw'))
    await page.getByRole('button', { name: 'Save and open the editor' }).click()
    await page.locator('[data-id=destination]').waitFor()
    expect((await ada.api.pipelines.get.query({ id })).draft['destination']).toMatchObject({ schema: 'raw' })
  })

  test('is left for a screen that the server does not send, which comes by itself once it answers', async () => {
    const context = await ada.newContext({ reducedMotion: 'reduce' })
    const tab = await context.newPage()
    await tab.goto(`${penstock.url}/pipelines`)
    await tab.getByRole('heading', { name: 'Pipelines', level: 1 }).waitFor()
    await context.setOffline(true)
    await tab.getByRole('link', { name: 'Connectors' }).click()
    await tab.getByRole('heading', { name: 'Penstock does not answer' }).waitFor()
    await tab.getByText('There is no network.').waitFor()
    await context.setOffline(false)
    await tab.getByRole('heading', { name: 'Connectors', level: 1 }).waitFor()
    expect(await tab.getByText('Penstock does not answer').count()).toBe(0)
    await context.close()
  })

  test('nothing failed in the browser on the way', () => {
    expect(errors).toEqual([])
  })
})

async function connect({ api }: SignedIn, apiBaseUrl: string): Promise<void> {
  await api.connections.createSource.mutate({
    connector: 'intercom',
    name: 'Acme Intercom',
    apiBaseUrl,
    settings: { accessToken: 'sandbox-token' },
  })
  await api.connections.createDestination.mutate({
    type: 'duckdb',
    name: 'Local warehouse',
    settings: { path: 'acme.duckdb' },
  })
}

/** Publishes the pipeline anew so that new fields wait for someone. */
async function askBeforeChanges({ api }: SignedIn, id: string): Promise<void> {
  const { draft, layout, revision } = await api.pipelines.get.query({ id })
  const document = { ...draft, schemaChanges: 'block' }
  const saved = await api.pipelines.saveDraft.mutate({ id, baseRevision: revision, document, layout })
  await api.pipelines.publish.mutate({ id, revision: saved.revision })
}

async function waiting({ api }: SignedIn): Promise<readonly string[]> {
  const { items } = await api.changes.list.query({ open: true, limit: 50 })
  return items.map(({ field }) => field)
}

function placesIn(url: string): { readonly pipelineId: string; readonly runId: string } {
  const [, pipelineId = '', runId = ''] = /\/pipelines\/([^/]+)\/runs\/([^/?]+)/.exec(url) ?? []
  return { pipelineId, runId }
}

function hashedFields(document: unknown): number {
  return JSON.stringify(document).match(/"hash"/g)?.length ?? 0
}
