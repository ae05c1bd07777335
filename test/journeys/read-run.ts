import type { Page } from 'playwright-core'

/** When the stream of what happens is asked for from now on, by the browser's clock, in milliseconds. */
export function hearStreams(page: Page): readonly number[] {
  const asked: number[] = []
  page.on('response', (response) => {
    if (response.url().includes('/trpc/runs.watch')) asked.push(response.request().timing().startTime)
  })
  return asked
}

/** The rows that the run view says have landed so far. */
export async function loadedRows(page: Page): Promise<number> {
  const text = await page.locator('main').innerText()
  return Number(/([\d,]+) rows? loaded/.exec(text)?.[1]?.replaceAll(',', '') ?? 0)
}

/** A line of the table of objects. */
export interface ObjectRow {
  readonly object: string
  readonly state: string
  readonly extracted: number
  readonly loaded: number
  readonly unchanged: number
  readonly rejected: number
}

/** The table of objects, as it is read by whoever looks at it. */
export async function objectRows(page: Page): Promise<readonly ObjectRow[]> {
  const rows = await page
    .getByRole('region', { name: 'Objects' })
    .locator('tbody tr')
    .evaluateAll((lines) =>
      lines.map((line) => [...line.querySelectorAll('td, th')].map((cell) => cell.textContent ?? '')),
    )
  return rows.map(([object = '', state = '', ...counts]) => {
    const [extracted = NaN, loaded = NaN, unchanged = NaN, rejected = NaN] = counts.map((text) =>
      Number(text.replaceAll(',', '')),
    )
    return { object, state, extracted, loaded, unchanged, rejected }
  })
}
