import type { Locator, Page } from 'playwright-core'

/** Has the dialog of an invitation make its link, and closes it. */
export async function makeLink(dialog: Locator): Promise<string> {
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = (await dialog.locator('code').textContent()) ?? ''
  await dialog.getByRole('button', { name: 'I have stored it' }).click()
  return link
}

/** Opens a link that is over, and waits until the page says so. */
export async function openUseless(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('heading', { name: 'This link cannot be used' }).waitFor()
}
