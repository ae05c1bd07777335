import { readConnectionUrl } from '@penstock/server/destinations/postgres/connection-options.ts'
import type { BrowserContext, Page } from 'playwright-core'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { openMailBox } from '../server/alerts/receive-notices.ts'
import type { MailBox } from '../server/alerts/receive-notices.ts'
import { expectFocus } from './expect-looks.ts'
import { hearErrors, keepPicture, openContext } from './open-context.ts'
import { behave } from './sandbox-control.ts'
import { startSmallSandbox } from './small-sandbox.ts'
import { openBrowser, signUpAdmin, startPenstock } from './start-penstock.ts'
import type { RunningPenstock, SignedIn } from './start-penstock.ts'

const browser = await openBrowser()

describe.skipIf(!browser)('connecting with the API’s own window', () => {
  let penstock: RunningPenstock
  let box: MailBox
  let ada: SignedIn
  let context: BrowserContext
  let page: Page
  let errors: readonly string[]

  beforeAll(async () => {
    box = await openMailBox()
    penstock = await startPenstock(
      {
        SMTP_URL: box.url,
        SMTP_FROM: 'penstock@example.com',
        // Of the tests' own PostgreSQL: a socket.
        PENSTOCK_ALLOWED_HOSTS: readConnectionUrl(inject('postgresUrl')).host,
      },
      await startSmallSandbox(),
    )
    ada = await signUpAdmin(penstock, browser)
    // The sandbox is a process of its own, and may be ready a moment later.
    await vi.waitFor(() => behave(penstock.sandboxUrl, { oauthApproval: 'page' }), { timeout: 90_000 })
    context = await ada.newContext({ reducedMotion: 'reduce' })
    page = await context.newPage()
    errors = hearErrors(page)
  })
  afterEach(({ task }) => keepPicture(page, task))
  afterAll(async () => {
    await browser?.close()
    await penstock?.remove()
    await box?.close()
  })

  test('a database is connected part by part; what is pasted as one line goes into its own field; neither is told again', async () => {
    const { host, port, user, password: secret } = readConnectionUrl(penstock.databaseUrl)
    await page.goto(`${penstock.url}/connections`)
    await page.getByRole('button', { name: 'New destination' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /^PostgreSQL/ }).click()
    const field = (name: string) => dialog.getByLabel(name, { exact: true })
    await field('Host').fill('postgres://eve:secret@db.example.com/x')
    await expectFocus(field('Connection URL').and(page.locator('input')))
    await dialog.getByRole('radio', { name: 'Host, user and password' }).click()
    await field('Host').fill(host)
    await field('Port').fill(String(port))
    await field('Database').fill('postgres')
    await field('User').fill(user)
    await field('Password').fill(secret)
    await connect(page)
    await page.getByRole('heading', { name: 'Connected' }).waitFor()
    const [warehouse] = await ada.api.connections.list.query({ kind: 'destination' })
    await page.getByRole('button', { name: 'Done' }).click()
    expect(warehouse).toMatchObject({ settings: {}, account: { name: `${host}:${port}/postgres`, user } })
  })

  test('agreed: the window closes, the dialog goes on by itself, and says whose account it is', async () => {
    await fillForm(page, penstock, 'Agreed')
    const [consent] = await Promise.all([context.waitForEvent('page'), connect(page)])
    await page.getByText('Waiting for Intercom').waitFor()
    await consent.getByRole('button', { name: 'Authorize access' }).click()
    await page.getByRole('heading', { name: 'Connected' }).waitFor()
    await expect.poll(() => consent.isClosed()).toBe(true)
    await page.getByRole('button', { name: 'Done' }).click()
    await page
      .getByRole('cell', { name: /Agreed/ })
      .first()
      .waitFor()
    expect(await states(ada)).toEqual({ Agreed: 'healthy' })
  })

  test('denied: the dialog says so, offers to start again, and keeps no connection', async () => {
    await behave(penstock.sandboxUrl, { oauthApproval: 'denied' })
    await fillForm(page, penstock, 'Denied')
    await connect(page)
    await page.getByText('Access was refused').waitFor()
    await page.getByRole('button', { name: 'Start again' }).click()
    expect(await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Denied')
    expect(await states(ada)).toEqual({ Agreed: 'healthy' })
  })

  test('a window that the browser blocked: it goes on in this tab, and comes back to the dialog', async () => {
    await behave(penstock.sandboxUrl, { oauthApproval: 'page' })
    const blocked = await context.newPage()
    // What a page sees of a blocked window.
    await blocked.addInitScript(() => {
      window.open = () => null
    })
    await fillForm(blocked, penstock, 'Same tab')
    await connect(blocked)
    await blocked.getByText('The browser blocked the window').waitFor()
    await expectFocus(blocked.getByRole('button', { name: 'Open the window' }))
    await blocked.getByRole('button', { name: 'Back' }).click()
    await connect(blocked)
    await blocked.getByRole('button', { name: 'Continue in this tab' }).click()
    await blocked.getByRole('button', { name: 'Authorize access' }).click()
    await blocked.getByRole('link', { name: 'Back to Penstock' }).click()
    await blocked.getByRole('dialog', { name: 'Connected' }).waitFor()
    expect(await states(ada)).toEqual({ Agreed: 'healthy', 'Same tab': 'healthy' })
    // Who comes back without having signed in, and closes the dialog, is not asked again.
    await fillForm(blocked, penstock, 'Never finished')
    await connect(blocked)
    await blocked.getByRole('button', { name: 'Continue in this tab' }).click()
    await blocked.getByRole('button', { name: 'Authorize access' }).waitFor()
    await blocked.goto(`${penstock.url}/connections`)
    await blocked.getByText('Waiting for Intercom').waitFor()
    await blocked.getByRole('dialog').press('Escape')
    await blocked.reload()
    await blocked.getByRole('link', { name: 'Same tab' }).waitFor()
    expect(await blocked.getByRole('dialog').count()).toBe(0)
    await blocked.close()
  })

  test('a window that was closed is opened again; one that lost its opener is not needed', async () => {
    // What a strict API does: whatever opened its window is cut off.
    await context.route(`${penstock.sandboxUrl}/oauth*`, async (route) => {
      const response = await route.fetch({ maxRedirects: 0 })
      const headers = { ...response.headers(), 'cross-origin-opener-policy': 'same-origin' }
      await route.fulfill({ response, headers })
    })
    await fillForm(page, penstock, 'Lost')
    const [closed] = await Promise.all([context.waitForEvent('page'), connect(page)])
    await closed.getByRole('button', { name: 'Authorize access' }).waitFor()
    await closed.close()
    const again = page.getByRole('button', { name: 'Open again' })
    const [consent] = await Promise.all([context.waitForEvent('page'), again.click()])
    await consent.getByRole('button', { name: 'Authorize access' }).click()
    await page.getByRole('heading', { name: 'Connected' }).waitFor()
    await context.unrouteAll({ behavior: 'ignoreErrors' })
    expect(await states(ada)).toMatchObject({ Lost: 'healthy' })
  })

  test('of another region: the dialog says which way to go, and nothing is kept', async () => {
    await fillForm(page, penstock, 'Far away')
    await page.getByRole('dialog').getByRole('radio', { name: 'European Union' }).click()
    const [consent] = await Promise.all([context.waitForEvent('page'), connect(page)])
    await consent.getByRole('button', { name: 'Authorize access' }).click()
    await page.getByText('The account is in another region').waitFor()
    await page.getByRole('button', { name: 'Start again' }).waitFor()
    expect(Object.keys(await states(ada))).not.toContain('Far away')
  })

  test('expired: nobody answered within ten minutes, the dialog says so, and a late consent is refused', async () => {
    await fillForm(page, penstock, 'Late')
    const [consent] = await Promise.all([context.waitForEvent('page'), connect(page)])
    await consent.getByRole('button', { name: 'Authorize access' }).waitFor()
    await letAttemptsExpire(penstock.databaseUrl)
    await page.getByText('The request expired').waitFor()
    await consent.getByRole('button', { name: 'Authorize access' }).click()
    await page.getByRole('button', { name: 'Start again' }).click()
    expect(Object.keys(await states(ada))).not.toContain('Late')
  })

  test('who forgot the password, and tried too often, gets a link by mail, chooses a new one, and signs in with it', async () => {
    await guessTenTimes(penstock, 'ada@example.com')
    const other = await openContext(browser)
    const stranger = await other.newPage()
    await stranger.goto(`${penstock.url}/sign-in`)
    await stranger.getByLabel('E-mail').fill('ada@example.com')
    await stranger.getByLabel('Password').fill('yet another guess')
    await stranger.getByRole('button', { name: 'Sign in' }).click()
    await stranger
      .getByText(/^Too many wrong passwords for this account. Try again in 1\d minutes.$/)
      .waitFor()
    await stranger.getByRole('link', { name: 'Forgot your password?' }).click()
    // The page before has a field of the same name.
    await stranger.getByRole('heading', { name: 'A new password' }).waitFor()
    await stranger.getByLabel('E-mail').fill('ada@example.com')
    await stranger.getByRole('button', { name: 'Send me a link' }).click()
    await stranger.getByText('a link is on its way').waitFor()
    await expect.poll(() => box.mails.length, { timeout: 30_000 }).toBe(1)
    const text = box.mails[0]?.text.replaceAll(/=\r?\n/g, '') ?? ''
    const link = /\/new-password#[\w-]+/.exec(text)?.[0] ?? ''
    await stranger.goto(penstock.url + link)
    await stranger.getByLabel('New password').fill('short')
    await stranger.getByRole('button', { name: 'Set the password' }).click()
    await stranger.getByText('This is too short: at least 12 characters.', { exact: true }).waitFor()
    await stranger.getByLabel('New password').fill('lantern orbit meadow 4')
    await stranger.getByRole('button', { name: 'Set the password' }).click()
    await stranger.getByText('The password is set. Sign in with it.').first().waitFor()
    await stranger.getByLabel('E-mail').fill('ada@example.com')
    await stranger.getByLabel('Password').fill('lantern orbit meadow 4')
    await stranger.getByRole('button', { name: 'Sign in' }).click()
    await stranger.getByRole('heading', { level: 1 }).waitFor()
    await other.close()
    const late = await openContext(browser)
    const again = await late.newPage()
    await again.goto(penstock.url + link)
    await again.getByText('This link was used, or is too old.').waitFor()
    await late.close()
  })

  test('nothing failed in the browser on the way', () => {
    expect(errors).toEqual([])
  })
})

async function guessTenTimes({ url }: RunningPenstock, email: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json', Origin: url }
  const body = JSON.stringify({ email, password: 'a wrong guess' })
  const guess = async () =>
    (await fetch(`${url}/api/auth/sign-in/email`, { method: 'POST', headers, body })).status
  const statuses = await Promise.all(Array.from({ length: 10 }, guess))
  expect(statuses.filter((status) => status !== 401 && status !== 429)).toEqual([])
}

async function fillForm(page: Page, { url, sandboxUrl }: RunningPenstock, name: string): Promise<void> {
  await page.goto(`${url}/connections`)
  await page.getByRole('button', { name: 'New source' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Intercom/ }).click()
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  // Where no OAuth app is registered, a token is what the form begins with.
  await dialog.getByRole('radio', { name: 'Access token', checked: true }).waitFor()
  await dialog.getByRole('radio', { name: 'Sign in (OAuth)' }).click()
  await dialog.getByText('Advanced').click()
  await dialog.getByLabel('API address').fill(sandboxUrl)
}

async function connect(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Connect', exact: true }).click()
}

async function states({ api }: SignedIn): Promise<Readonly<Record<string, string>>> {
  const connections = await api.connections.list.query({ kind: 'source' })
  return Object.fromEntries(connections.map(({ name, state }) => [name, state]))
}

/** Ten minutes in no time: the clock that says when an attempt ends is its row. */
async function letAttemptsExpire(databaseUrl: string): Promise<void> {
  const sql = postgres({ ...readConnectionUrl(databaseUrl), max: 1 })
  await sql`update oauth_attempts set expires_at = now() - interval '1 minute' where state = 'pending'`
  await sql.end()
}
