import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { expectFocus, expectRoomOnPhone } from './expect-looks.ts'
import { statusWithKey } from './status-with-key.ts'
import { type Furnished, furnishWorkspaces } from './furnish-workspaces.ts'
import { makeLink, openUseless } from './invitation-links.ts'
import { type HookReceiver, receiveHooks } from './hook-receiver.ts'
import { hearErrors, keepPicture, openContext } from './open-context.ts'
import { fewContacts, startSmallSandbox } from './small-sandbox.ts'
import { openBrowser, password, type RunningPenstock, startPenstock } from './start-penstock.ts'
import { holdAnswers } from './steer-answers.ts'

const browser = await openBrowser()

describe.skipIf(!browser)('an admin’s day', () => {
  let penstock: RunningPenstock
  let furnished: Furnished
  let hooks: HookReceiver
  let page: Page
  let main: Locator
  let dialog: Locator
  let errors: readonly string[]

  beforeAll(async () => {
    hooks = await receiveHooks()
    penstock = await startPenstock({ PENSTOCK_ALLOWED_HOSTS: hooks.host }, await startSmallSandbox())
    furnished = await furnishWorkspaces(penstock, browser)
    page = await (await furnished.ada.newContext({ reducedMotion: 'reduce' })).newPage()
    errors = hearErrors(page)
    main = page.locator('main')
    dialog = page.locator('[role=dialog], [role=alertdialog]')
  })
  afterEach(({ task }) => keepPicture(page, task))
  afterAll(async () => {
    await browser?.close()
    await penstock?.remove()
    hooks?.close()
  })

  const open = async (path: string): Promise<void> => {
    await page.goto(`${penstock.url}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }

  test('new fields wait in one inbox: one is decided and taken back, then all are decided at once', async () => {
    await open('/changes')
    const phone = main.getByRole('listitem').filter({ hasText: 'contacts.home_phone' })
    for (const said of ['Looks sensitive', 'Needs a decision']) await phone.getByText(said).waitFor()
    await phone.getByRole('button', { name: 'Statements for the destination' }).click()
    await phone.getByText(/alter table .*"home_phone"/).waitFor()
    await page.goto(`${penstock.url}/changes?only=breaking`)
    await main.getByText('No change of this kind waits').waitFor()
    await main.getByLabel('Which changes').selectOption('sensitive')
    await phone.waitFor()
    expect(await main.getByText('contacts.loyalty_tier').count()).toBe(0)
    await main.getByLabel('Which changes').selectOption('all')
    await phone.getByRole('button', { name: 'Add as is' }).click()
    await phone.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await phone.waitFor()
    await main.getByLabel('Select all').click()
    await main.getByText('2 selected').waitFor()
    await main.getByRole('button', { name: 'Add hashed' }).first().click()
    await main.getByText('No changes wait for you').waitFor()
    await main.getByText('Decided', { exact: true }).click()
    await expect
      .poll(() => main.getByText('The next run adds the column and lands its values hashed.').count())
      .toBe(2)
    await main.getByText('by Ada Admin').first().waitFor()
  })

  test('two runs are compared: what changed in the pipeline, and the rows of each object', async () => {
    await open('/runs')
    const boxes = main.locator('tbody').getByRole('checkbox')
    // At a full hour there is one more by schedule; the newest stand first.
    await expect.poll(() => boxes.count()).toBeGreaterThan(1)
    for (const box of (await boxes.all()).slice(-2)) await box.click()
    await main.getByRole('button', { name: 'Compare the two' }).click()
    await main.getByText('new fields wait for a decision instead of being added').waitFor()
    await expectRoomOnPhone(main.getByRole('region', { name: 'Objects' }))
    const contacts = main.getByRole('row').filter({ hasText: /^contacts/ })
    const cells = await contacts.getByRole('cell').allTextContents()
    expect(cells.slice(0, 4)).toEqual(['contacts', `${fewContacts}`, '1', `−${fewContacts - 1}`])
  })

  test('a connector is tried: ten records, with people’s values hashed, and the requests that it took', async () => {
    const answer = await holdAnswers(page, 'connections.list')
    await open('/connectors/intercom')
    await page.getByRole('tab', { name: 'Try' }).click()
    const outcome = page.getByRole('tabpanel')
    await outcome.getByRole('status').waitFor()
    answer()
    await outcome.getByRole('button', { name: 'Try', exact: true }).click()
    await outcome.getByText('10 records').waitFor()
    const rows = await outcome.getByRole('region', { name: '10 records' }).locator('tbody').innerText()
    expect(rows).toContain('h1:')
    expect(rows).not.toMatch(/\S@\S/)
    await outcome.getByText('/contacts/search').first().waitFor()
  })

  test('a manifest begins sound, says what is wrong and where, and is never given another connector’s token', async () => {
    await open('/connectors/new')
    await page.getByText('From the beginning').click()
    await page.getByText('No problems').waitFor()
    await page.getByRole('tab', { name: 'Dialog' }).click()
    await page.getByRole('tabpanel').getByLabel('Access token').waitFor()
    await page.getByRole('tab', { name: 'Try' }).click()
    await page.getByRole('tabpanel').getByRole('group', { name: 'Typed in here' }).waitFor()
    expect(await page.getByRole('tabpanel').getByLabel('Connection', { exact: true }).count()).toBe(0)
    await page.locator('.cm-content').click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('  orders: true')
    await page.getByRole('tab', { name: 'Problems 1' }).click()
    await page.getByRole('button', { name: /objects\/orders \(line \d+\)/ }).click()
    await page.locator('.cm-content:focus').waitFor()
  })

  test('someone is invited, joins with the link, which then is no good, and is refused what is for admins', async () => {
    await open('/settings/members')
    await main.getByRole('button', { name: 'Invite' }).click()
    await dialog.getByLabel('E-mail').fill('lin@example.com')
    const lost = await makeLink(dialog)
    await main.getByRole('button', { name: 'New link for lin@example.com' }).click()
    await dialog.getByText('The link from before stops working').waitFor()
    const link = await makeLink(dialog)
    const context = await openContext(browser)
    const lin = await context.newPage()
    await openUseless(lin, lost)
    await lin.goto(link)
    await lin.getByLabel('Your name').fill('Lin Editor')
    await lin.getByLabel('Password').fill(password)
    await lin.getByRole('button', { name: 'Join' }).click()
    await lin.getByRole('link', { name: 'Support warehouse' }).first().waitFor()
    await openUseless(lin, link)
    const headers = { Origin: penstock.url }
    const refused = await context.request.post(`${penstock.url}/api/audit/list`, { data: {}, headers })
    expect(refused.status()).toBe(403)
    await context.close()
    await page.reload()
    await main.getByLabel('Role of Lin Editor').waitFor()
    await main.getByRole('region', { name: 'Who may do what' }).getByText('Read the audit log').waitFor()
  })

  test('a webhook’s secret is shown once, and signs what it is sent; a test that fails says why', async () => {
    await open('/settings/alerts')
    await addWebhook('Ops', `http://${hooks.host}/ops`)
    const secret = (await dialog.locator('code').textContent()) ?? ''
    expect(secret.length).toBeGreaterThan(30)
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Done' }).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await main.getByRole('button', { name: 'Send a test to Ops' }).click()
    await page.getByText('The test was sent.').waitFor()
    expect(hooks.received.map(({ path }) => path)).toEqual(['/ops'])
    expect(hooks.received[0]?.isSignedWith(secret)).toBe(true)
    await addWebhook('Broken', `http://${hooks.host}/broken`, 'a secret that we brought')
    await main.getByRole('button', { name: 'Send a test to Broken' }).click()
    const deliveries = main.getByRole('region', { name: 'Deliveries' })
    await deliveries.getByText('answered 500').waitFor()
    expect(await deliveries.getByText('Delivered').count()).toBe(1)
    await main.getByRole('button', { name: 'Change Broken' }).click()
    await dialog.getByLabel('A schema change waits').click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    await page.reload()
    await deliveries.waitFor()
    expect(await page.content()).not.toContain(secret)
    expect(await main.getByText('A schema change waits').count()).toBe(1)
  })

  const addWebhook = async (name: string, url: string, secret?: string): Promise<void> => {
    await main.getByRole('button', { name: 'Add a channel' }).click()
    await dialog.getByText('Webhook', { exact: true }).click()
    await dialog.getByLabel('Name').fill(name)
    await dialog.getByLabel('Address of the webhook').fill(url)
    if (secret) await dialog.getByLabel('Signing secret').fill(secret)
    await dialog.getByRole('button', { name: 'Add a channel' }).click()
    await main
      .getByRole('button', { name: `Send a test to ${name}`, includeHidden: true })
      .waitFor({ state: 'attached' })
  }

  test('an API key is shown once, opens the API, and is refused once it is revoked', async () => {
    await open('/settings/api-keys')
    await main.getByRole('button', { name: 'Make a key' }).click()
    await dialog.getByLabel('Name').fill('Nightly')
    await dialog.getByRole('button', { name: 'Make a key' }).click()
    const key = (await dialog.locator('code').textContent()) ?? ''
    const copy = dialog.getByRole('button', { name: 'Copy the key' })
    await expectFocus(copy)
    await page.keyboard.press('Escape')
    await dialog.getByRole('alert').filter({ hasText: 'It cannot be shown again' }).waitFor()
    await page.mouse.click(5, 5)
    await expectFocus(copy)
    await dialog.getByRole('button', { name: 'I have stored it' }).click()
    expect(await statusWithKey(penstock.url, key)).toBe(200)
    await main.getByRole('button', { name: 'Revoke Nightly' }).click()
    await dialog.getByRole('button', { name: 'Revoke' }).click()
    await main.locator('tr', { hasText: 'Nightly' }).waitFor({ state: 'detached' })
    expect(await statusWithKey(penstock.url, key)).toBe(401)
  })

  test('a region that an admin forbids cannot be chosen; an OAuth profile says which address to register', async () => {
    await open('/settings/regions')
    await main.getByLabel('Australia').click()
    await page.getByText('Saved.').waitFor()
    await expectFocus(main.getByLabel('Australia'))
    await open('/settings/oauth-profiles')
    await main.getByRole('button', { name: 'Add a profile' }).click()
    await dialog.getByLabel('Connector').selectOption({ label: 'Intercom' })
    await dialog.getByText(`${penstock.url}/oauth/callback`).waitFor()
    await dialog.getByLabel('Name').fill('EU app')
    await dialog.getByLabel('Client id').fill('client-of-the-eu')
    await dialog.getByLabel('Client secret').fill('secret-of-the-eu')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('heading', { name: 'EU app' }).waitFor()
    await dialog.getByText(`${penstock.url}/oauth/callback`).waitFor()
    await open('/connections')
    await main.getByRole('button', { name: 'New source' }).click()
    await dialog.getByRole('button', { name: /^Intercom/ }).click()
    await dialog.getByText('Not allowed by your admin: Australia.').waitFor()
    expect(await dialog.getByRole('radio', { name: 'Australia' }).isDisabled()).toBe(true)
    await dialog.locator('option', { hasText: 'EU app' }).waitFor({ state: 'attached' })
  })

  test('the hash key is rotated with its impact in sight, and what holds older tokens is synced anew from there', async () => {
    await open('/settings/hash-key')
    await page.getByRole('button', { name: 'Rotate …' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByText('Support warehouse').waitFor()
    await dialog.getByRole('textbox').fill('ROTATE')
    await dialog.getByRole('button', { name: 'Rotate the key' }).click()
    await main.getByText('2 (tokens begin with h2:)').waitFor()
    await page.getByRole('button', { name: 'Rotate …' }).click()
    expect(await dialog.getByRole('textbox').inputValue()).toBe('')
    await page.keyboard.press('Escape')
    const older = main.getByText('Holds older tokens')
    await expect.poll(() => older.count()).toBeGreaterThan(1)
    await main.getByRole('button', { name: /^Re-sync/ }).click()
    await expect.poll(() => older.count()).toBe(0)
    await open('/settings/retention')
    await main.getByLabel('Runs and their counts').selectOption('1 year')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep them for less time' }).click()
    await expect
      .poll(async () => (await furnished.ada.api.settings.get.query()).retention)
      .toEqual({ logDays: 30, runDays: 365 })
  })

  test('all data of a connection is deleted, after the word was typed: its tables, and what was known of them', async () => {
    await open('/settings/danger')
    await main.getByLabel('Choose a connection').click()
    await page.getByRole('option', { name: /Sandbox Intercom/ }).click()
    await main.getByRole('button', { name: 'Delete all data' }).click()
    await dialog.getByRole('listitem').filter({ hasText: 'Support warehouse' }).waitFor()
    await dialog.getByLabel('Type DELETE').fill('delete')
    await page.keyboard.press('Enter')
    await dialog.getByText('Type the word DELETE, in capitals.').waitFor()
    await dialog.getByLabel('Type DELETE').fill('DELETE')
    await dialog.getByRole('button', { name: 'Delete all data' }).click()
    await main.getByText('9 of 9 tables').waitFor()
    await open('/pipelines')
    const row = main.getByRole('row').filter({ hasText: 'Support warehouse' })
    await row.getByText('Paused', { exact: true }).waitFor()
    const { freshAsOf } = await furnished.ada.api.pipelines.get.query({ id: furnished.places.pipeline })
    expect(freshAsOf).toBe(null)
  })

  test('the audit log has it all: the refusal, each deleted table, and a file of what is filtered', async () => {
    await open('/settings/audit?outcome=denied')
    await main
      .getByRole('row', { name: /Lin Editor.*Refused/s })
      .first()
      .waitFor()
    await open('/settings/audit?q=wipe')
    await main.getByText('wipe.finish', { exact: true }).waitFor()
    for (const object of ['contacts', 'conversations', 'tags'])
      await main.getByRole('cell', { name: object, exact: true }).waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      main.getByRole('button', { name: 'Export CSV' }).click(),
    ])
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n')
    expect(lines[0]).toMatch(/^at,actor,via,action,outcome,subject/)
    expect(lines.slice(1).every((line) => line.includes('wipe'))).toBe(true)
    await open('/settings/audit')
    for (const action of ['apiKey.revoke', 'alertChannel.create', 'settings.update', 'audit.export'])
      await main.getByText(action, { exact: true }).first().waitFor()
    expect(await main.innerText()).not.toContain('secret-of-the-eu')
  })

  test('who forgot a password is told the command that gives a new one; nothing failed in the browser on the way', async () => {
    const stranger = await (await openContext(browser)).newPage()
    await stranger.goto(`${penstock.url}/sign-in`)
    await stranger.getByText('npm run --silent penstock -- new-password EMAIL').waitFor()
    await stranger.context().close()
    expect(errors).toEqual([])
  })
})
