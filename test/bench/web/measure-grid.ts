import type { Browser } from 'playwright-core'
import { percentile } from './figure.ts'
import type { Figure } from './figure.ts'
import { PageMeter, sampleEchoes } from './page-meter.ts'

const letters = 'field_9'
/** Between two keys of somebody who types fast, in milliseconds. */
const quickTyping = 120

/** The field grid with 1,000 objects of 100 fields: how soon a key is seen, how much is drawn, and what it takes to hash everything sensitive. */
export async function measureGrid(browser: Browser, url: string): Promise<readonly Figure[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${url}?grid&objects=1000`)
  await page.locator('[data-row="0"]').click()
  const rows = await page.locator('[data-row]').count()
  const whole = await page.getByRole('treegrid').getAttribute('aria-rowcount')
  /** The rows follow the letters when there is time. */
  const empty = async (): Promise<void> => {
    await page.getByRole('searchbox').fill('')
    await page.locator(`[role=treegrid][aria-rowcount="${whole}"]`).waitFor()
  }
  const meter = await PageMeter.of(page)
  await page.evaluate(sampleEchoes)
  const before = await meter.worked()
  await page.getByRole('searchbox').pressSequentially(letters)
  const typed = (await meter.worked()) - before
  const atOnce = await page.evaluate<number[]>('echoes.splice(0)')
  await empty()
  await page.getByRole('searchbox').pressSequentially(letters, { delay: quickTyping })
  const echoes = await page.evaluate<number[]>('echoes')
  await empty()
  await page.evaluate('new Promise(requestIdleCallback)')
  const idle = await meter.worked()
  // React answers a click before `click()` returns; what is left is the browser's layout and paint.
  const bulk = await page.evaluate<number>(`(() => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent.startsWith('Hash all sensitive'))
    const began = performance.now()
    button.click()
    return performance.now() - began
  })()`)
  const hashed = (await meter.worked()) - idle
  await context.close()
  return [
    { what: 'grid of 100,000 fields, key to frame', value: percentile(echoes, 75), unit: 'ms', goal: 50 },
    {
      what: 'the same, seven keys at once',
      value: percentile(atOnce, 75),
      unit: 'ms',
      goal: 50,
    },
    {
      what: 'grid of 100,000 fields, work a key',
      value: typed / letters.length,
      unit: 'ms',
      thread: typed / letters.length,
      goal: 50,
    },
    { what: 'grid of 100,000 fields, rows drawn', value: rows, unit: 'rows', goal: 60 },
    { what: 'grid of 100,000 fields, hash all sensitive', value: bulk, unit: 'ms', thread: hashed, goal: 50 },
  ]
}
