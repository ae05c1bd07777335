import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { TinyApi } from '../fakes/tiny-api.ts'
import { expectFocus } from './expect-looks.ts'
import {
  callApi,
  publishAndConnect,
  recordFile,
  runNotes,
  typeOver,
  writeConnector,
} from './own-connector.ts'
import { hearErrors, keepPicture, openContext } from './open-context.ts'
import { hearStreams, loadedRows, objectRows } from './read-run.ts'
import { openBrowser, password, startPenstock } from './start-penstock.ts'
import type { RunningPenstock } from './start-penstock.ts'

const browser = await openBrowser()

describe.skipIf(!browser)('a newcomer’s first day', () => {
  let penstock: RunningPenstock
  let tiny: TinyApi
  let page: Page
  let errors: readonly string[]

  beforeAll(async () => {
    tiny = await TinyApi.start()
    penstock = await startPenstock({ PENSTOCK_ALLOWED_HOSTS: tiny.host })
    page = await (await openContext(browser)).newPage()
    errors = hearErrors(page)
  })
  afterEach(({ task }) => keepPicture(page, task))
  afterAll(async () => {
    await browser?.close()
    await penstock?.remove()
    await tiny?.close()
  })

  test('an address of the app leads to the setup while nobody has set it up, and says where its link is', async () => {
    await page.goto(`${penstock.url}/connections`)
    await page.getByRole('heading', { name: 'Penstock is not set up yet' }).waitFor()
    expect(page.url()).toContain('/setup')
  })

  test('the one-time link makes the first admin, and says beside the field what is missing', async () => {
    await page.goto(penstock.setupLink)
    await page.getByLabel('Your name').fill('Ada Admin')
    await page.getByLabel('E-mail').fill('ada@example.com')
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Create the workspace' }).click()
    await page.getByText('The workspace needs a name.').waitFor()
    await page.locator('input[type=password][aria-invalid=true]:focus').waitFor()
    expect(await page.getByLabel('E-mail').getAttribute('aria-invalid')).not.toBe('true')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('textbox', { name: 'Workspace' }).fill('Acme Support')
    await page.getByRole('button', { name: 'Create the workspace' }).click()
    await page.getByRole('heading', { name: 'Build your first pipeline' }).waitFor()
  })

  test('one click on the sandbox’s offer shows rows, in a minute on a machine of one’s own', async () => {
    await page.getByRole('button', { name: 'Start the sandbox' }).click()
    await page.waitForURL(/\/pipelines\/[^/]+\/runs\//)
    await expect.poll(() => loadedRows(page), { timeout: 250_000, interval: 200 }).toBeGreaterThan(0)
  })

  test('the run says that it succeeded, and its counts are those of its objects', async () => {
    await page.locator('main').getByText('Succeeded').first().waitFor()
    const rows = await objectRows(page)
    expect(rows.length).toBeGreaterThan(5)
    for (const { object, state, extracted, loaded, unchanged, rejected } of rows) {
      expect(`${object}: ${state}`).toMatch(/: (Done|Warning)/)
      expect(loaded + unchanged + rejected).toBe(extracted)
    }
    const loaded = rows.reduce((sum, row) => sum + row.loaded, 0)
    expect(loaded).toBeGreaterThan(1_000)
    expect(await loadedRows(page)).toBe(loaded)
    // From the count to the records themselves.
    await page.getByRole('button', { name: 'Details of contacts' }).click()
    await page.getByRole('link', { name: 'Look at records' }).click()
    await page.getByRole('tab', { name: 'Preview', selected: true }).waitFor()
    await page.getByRole('tabpanel').getByText(/^h1:/).first().waitFor()
  })

  test('on a phone, too, runs are found by the day that they started', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${penstock.url}/runs`)
    await page.getByRole('cell', { name: /Succeeded/ }).waitFor()
    await page.getByRole('button', { name: 'Dates' }).click()
    await page.getByLabel('To', { exact: true }).fill('2020-01-01')
    await page.getByText('No run matches these filters').waitFor()
    expect(page.url()).toMatch(/\/runs\?to=2020-01-01$/)
    await page.getByLabel('To', { exact: true }).fill('')
    await page.getByRole('cell', { name: /Succeeded/ }).waitFor()
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test('an API that nobody knew is written down, saved, published, connected and read, all in the browser', async () => {
    await writeConnector(page, tiny)
    await typeOver(page, recordFile, '{ "type": "object", "properties": { "id": { "type": "string" } } }')
    await page.getByRole('tab', { name: 'Try' }).click()
    const panel = page.getByRole('tabpanel')
    await panel.getByRole('button', { name: 'Try', exact: true }).click()
    await panel.getByText('Fill this in.').waitFor()
    await expectFocus(panel.getByLabel('Access token'))
    await page.keyboard.type(tiny.token)
    await page.keyboard.press('Enter')
    await panel.getByText('5 records').waitFor()
    // What its author did not write down is added as it was read.
    await panel.getByRole('button', { name: 'Add all 3' }).click()
    await page.locator('.cm-focused', { hasText: '"x-sensitive": "' }).waitFor()
    await panel.getByText('not in the record schema').waitFor({ state: 'detached' })
    await typeOver(page, recordFile, tiny.files().records[recordFile] ?? '')
    await publishAndConnect(page, tiny.token)
    await page.getByText('1 connection', { exact: false }).first().waitFor()
    await page.getByRole('tab', { name: 'Try' }).click()
    await page.getByRole('tabpanel').getByRole('button', { name: 'Try', exact: true }).click()
    await page.getByRole('tabpanel').getByText('5 records').waitFor()
    await page.getByRole('tabpanel').getByLabel('Connection').selectOption({ label: 'Typed in here' })
    await page.getByRole('tabpanel').getByText('5 records').waitFor({ state: 'hidden' })
    const { pipelineId, runId } = await runNotes(page)
    await page.goto(`${penstock.url}/pipelines/${pipelineId}/runs/${runId}`)
    await page.locator('main').getByText('Succeeded').first().waitFor()
    expect((await objectRows(page)).map(({ object, loaded }) => ({ object, loaded }))).toEqual([
      { object: expect.stringContaining('notes'), loaded: 5 },
    ])
  })

  test('a new version of it says what it breaks and for whom; of two who save at once, the second is told', async () => {
    const dialog = page.getByRole('dialog')
    await page.goto(`${penstock.url}/connectors/tiny`)
    const { manifest, records } = tiny.files()
    await page.getByRole('button', { name: 'note', exact: true }).click()
    await typeOver(page, recordFile, (records[recordFile] ?? '').replace('"words"', '"letters"'))
    const theirs = { manifest: `${manifest}# A colleague was here.\n`, records }
    await callApi(page, 'connectors/saveDraft', { name: 'tiny', baseRevision: 2, ...theirs })
    await page.keyboard.press('Control+s')
    await dialog.getByRole('heading', { name: 'Someone saved meanwhile' }).waitFor()
    await dialog.getByText('# A colleague was here.').waitFor()
    await dialog.getByRole('button', { name: 'Save mine over it' }).click()
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.keyboard.press('Control+Shift+Enter')
    await dialog.getByText('notes.words is gone').waitFor()
    await dialog.getByText('uses what breaks').waitFor()
    const publish = dialog.getByRole('button', { name: 'Publish', exact: true })
    expect(await publish.isDisabled()).toBe(true)
    await dialog.getByLabel('I have read what breaks').click()
    await publish.click()
    await dialog.getByRole('heading', { name: 'Version 2 is published' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'More about this connector' }).click()
    await page.getByRole('menuitem', { name: 'Versions' }).click()
    await dialog.getByText('+       "letters"', { exact: false }).first().waitFor()
    // What breaks goes along only when somebody chooses it.
    const summary = dialog.getByText('Move pipelines to version 2').first()
    await summary.click()
    await dialog.getByText('Runs with version 1 now').waitFor()
    await dialog.getByLabel('Notes').click()
    const move = dialog.getByRole('button', { name: 'Move pipelines to version 2' })
    await move.click()
    await dialog.getByText(/not compatible with what “Notes” uses/).waitFor()
    await dialog.getByLabel('Something that these pipelines use is different').click()
    await move.click()
    await page.getByText('1 pipeline runs with version 2 from now on').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Connectors' }).first().click()
    await page
      .getByRole('row', { name: /Tiny notes/ })
      .getByText('Version 2')
      .waitFor()
  })

  test('the link works once', async () => {
    const other = await openContext(browser)
    const stranger = await other.newPage()
    await stranger.goto(penstock.setupLink)
    const refusal = stranger.getByText(/link .*was used/)
    await refusal.waitFor()
    expect(await refusal.count()).toBeGreaterThan(0)
    await other.close()
  })

  test('signing out and in again leads to where one wanted to go', async () => {
    await page.getByRole('button', { name: /Ada Admin/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to Penstock' }).waitFor()
    await page.goto(`${penstock.url}/runs?state=succeeded`)
    await page.getByLabel('E-mail').fill('ada@example.com')
    await page.getByLabel('Password').fill('not the password at all')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('E-mail or password is wrong.').waitFor()
    await enter(page, 'ada@example.com')
    await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor()
    expect(new URL(page.url()).search).toContain('state=succeeded')
    // Whoever changes something after the session has ended is asked to sign in, too.
    await page.goto(`${penstock.url}/settings/general`)
    await page.getByLabel('Name of the workspace').fill('Too late')
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('dialog', { name: 'Your session is over' }).waitFor()
    await enter(page, 'ada@example.com')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.getByLabel('Name of the workspace').inputValue()).toBe('Too late')
  })

  test('a session that ends in the editor takes nothing along: the edit waits for whoever made it, and for nobody else', async () => {
    const grace = { email: 'grace@example.com', role: 'editor' }
    const { link } = await callApi<{ link: string }>(page, 'invitations/create', grace)
    const token = new URL(link).searchParams.get('token')
    await callApi(page, 'invitations/accept', { token, name: 'Grace Hopper', password })
    await page.goto(`${penstock.url}/pipelines`)
    await page.getByRole('link', { name: 'Notes', exact: true }).click()
    const name = page.getByLabel('Name of the pipeline')
    await page.locator('[data-id=source]', { hasText: 'hashed' }).waitFor()
    // Without a network nothing asks whether the session goes on before the edit is made.
    await page.context().setOffline(true)
    await name.fill('Written too late')
    await page.context().clearCookies()
    await page.context().setOffline(false)
    await page.getByRole('dialog', { name: 'Your session is over' }).waitFor()
    await enter(page, grace.email)
    await expect.poll(() => name.inputValue()).toBe('Notes')
    await page.context().clearCookies()
    await page.reload()
    await enter(page, 'ada@example.com')
    await expect.poll(() => name.inputValue()).toBe('Written too late')
    await page.locator('[data-save=saved]').waitFor()
    await page.getByRole('button', { name: 'Undo: rename the pipeline' }).click()
    await expect.poll(() => name.inputValue()).toBe('Notes')
    await page.locator('[data-save=saved]').waitFor()
  })

  test('whoever types when the session ends is asked in a pause, and goes on where they were; a reload comes back there, too', async () => {
    await page.getByRole('radio', { name: 'Outline' }).click()
    await page.locator('[data-step=destination]').press('Enter')
    const schema = page.getByLabel('Namespace', { exact: true })
    await page.context().clearCookies()
    await schema.focus()
    await schema.press('End')
    await schema.pressSequentially('_written_on', { delay: 120 })
    const dialog = page.getByRole('dialog', { name: 'Your session is over' })
    await dialog.waitFor()
    expect(await schema.inputValue()).toMatch(/_written_on$/)
    await page.keyboard.press('Escape')
    const reminder = page.getByRole('complementary', { name: 'Your session is over' })
    const edgeOf = async (part: Locator): Promise<number> => (await part.boundingBox())?.y ?? NaN
    // The editor ends where the reminder begins: no tool is below it.
    const bar = page.getByRole('button', { name: 'Preview', exact: true })
    await expect.poll(async () => (await edgeOf(bar)) + 24 <= (await edgeOf(reminder))).toBe(true)
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await enter(page, 'ada@example.com')
    await dialog.waitFor({ state: 'detached' })
    await page.locator('[data-save=saved]').waitFor()
    expect(await schema.inputValue()).toMatch(/_written_on$/)
    await page.reload()
    await expect.poll(() => schema.inputValue()).toMatch(/_written_on$/)
    expect(await page.getByRole('radio', { name: 'Outline' }).isChecked()).toBe(true)
  })

  test('a tab whose session is over asks less and less often for what happens, and hears it once one has signed in again', async () => {
    await page.getByRole('link', { name: 'Pipelines', exact: true }).click()
    await page.getByRole('link', { name: 'Notes', exact: true }).waitFor()
    await page.context().clearCookies()
    const asked = hearStreams(page)
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    // A second after the first refusal, two after the next; before, it was a second after each.
    const pauses = (): readonly number[] => asked.slice(1).map((at, place) => at - (asked[place] ?? 0))
    await expect.poll(() => Math.max(...pauses())).toBeGreaterThan(1_900)
    const answer = page.waitForResponse(/sign-in\/email/)
    await enter(page, 'ada@example.com')
    const { startTime, responseStart } = (await answer).request().timing()
    await expect.poll(() => (asked.at(-1) ?? 0) > startTime + responseStart).toBe(true)
  })

  test('whoever signs in as somebody else in one tab is that person in all of them', async () => {
    const other = await page.context().newPage()
    await other.goto(`${penstock.url}/pipelines`)
    await other.getByRole('button', { name: /Ada Admin/ }).click()
    await other.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('dialog', { name: 'Your session is over' }).waitFor()
    await enter(other, 'grace@example.com')
    await page.getByRole('button', { name: /Grace Hopper/ }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await other.close()
  })

  test('nothing failed in the browser on the way', () => {
    expect(errors).toEqual([])
  })
})

/** Signs in where the sign-in is open. */
async function enter(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
