import type { Locator } from 'playwright-core'
import { expect } from 'vitest'

/** Waits until an element has the focus. */
export async function expectFocus(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((one) => one === document.activeElement)).toBe(true)
}

/** Makes the window as narrow as a phone, waits until all of an element has room in it, and makes it wide again. */
export async function expectRoomOnPhone(element: Locator): Promise<void> {
  const page = element.page()
  await page.setViewportSize({ width: 390, height: 844 })
  await expect.poll(() => element.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
  await page.setViewportSize({ width: 1440, height: 900 })
}
