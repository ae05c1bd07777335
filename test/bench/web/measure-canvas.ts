import type { Browser } from 'playwright-core'
import { percentile } from './figure.ts'
import type { Figure } from './figure.ts'
import { PageMeter, sampleFrames } from './page-meter.ts'

const goals = { 100: { fps: 58, p95: 25 }, 300: { fps: 45, p95: 40 } } as const

/** Panning and zooming a canvas of 100 and of 300 steps: frames a second, the slowest twentieth of them, and what each cost the main thread. */
export async function measureCanvas(browser: Browser, url: string): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const steps of [100, 300] as const) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.goto(`${url}?objects=${steps - 3}`)
    await page.locator('.react-flow__node').first().waitFor()
    const meter = await PageMeter.of(page)
    const start = { x: 320, y: 120 }
    await page.mouse.move(start.x, start.y)
    await page.evaluate(sampleFrames)
    const before = await meter.worked()
    for (let round = 0; round < 5; round += 1) {
      await page.mouse.down()
      for (let step = 0; step < 30; step += 1) await page.mouse.move(start.x + step * 12, start.y + step * 4)
      await page.mouse.up()
      await page.mouse.wheel(0, round % 2 === 0 ? -240 : 240)
    }
    const worked = (await meter.worked()) - before
    const gaps = await page.evaluate<number[]>('frames()')
    const total = gaps.reduce((sum, gap) => sum + gap, 0)
    const { fps, p95 } = goals[steps]
    const at = `panning ${steps} steps`
    figures.push(
      { what: `${at}, frames`, value: (1_000 * gaps.length) / total, unit: 'fps', goal: fps, more: true },
      { what: `${at}, frame p95`, value: percentile(gaps, 95), unit: 'ms', goal: p95 },
      {
        what: `${at}, work a frame`,
        value: worked / gaps.length,
        unit: 'ms',
        thread: worked / gaps.length,
        goal: 1_000 / fps,
      },
    )
    await context.close()
  }
  return figures
}
