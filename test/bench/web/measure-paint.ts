import type { SignedIn } from '../../journeys/start-penstock.ts'
import { percentile } from './figure.ts'
import type { Figure } from './figure.ts'
import { PageMeter, timeFirstStep } from './page-meter.ts'

const loads = 10

/** The list and the editor of a pipeline with 25 steps, each opened ten times: first paint, and for the editor when the first step can be used. */
export async function measurePaint(ada: SignedIn, url: string, pipeline: string): Promise<readonly Figure[]> {
  const list = await open(ada, `${url}/pipelines`)
  const editor = await open(ada, `${url}/pipelines/${pipeline}/edit`)
  const p75 = (values: readonly number[]): number => percentile(values, 75)
  return [
    { what: 'list, first paint', value: p75(list.paints), unit: 'ms', goal: 400 },
    { what: 'editor of 25 steps, first paint', value: p75(editor.paints), unit: 'ms', goal: 400 },
    {
      what: 'editor of 25 steps, can be used',
      value: p75(editor.usable),
      unit: 'ms',
      thread: p75(editor.worked),
      goal: 900,
    },
  ]
}

interface Loads {
  readonly paints: number[]
  readonly usable: number[]
  /** What the main thread did until then. */
  readonly worked: number[]
}

async function open(ada: SignedIn, address: string): Promise<Loads> {
  const found: Loads = { paints: [], usable: [], worked: [] }
  const context = await ada.newContext()
  await context.addInitScript(timeFirstStep)
  const isEditor = address.endsWith('/edit')
  // The first time fills the browser's cache, as it is whenever somebody comes back.
  for (let load = 0; load <= loads; load += 1) {
    const page = await context.newPage()
    const meter = await PageMeter.of(page)
    await page.goto(address)
    if (isEditor) await page.locator('html[data-interactive]').waitFor()
    else await page.getByRole('main').getByRole('link').first().waitFor()
    const worked = await meter.worked()
    if (load > 0) {
      found.paints.push(
        await page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0].startTime`),
      )
      found.worked.push(worked)
      if (isEditor) found.usable.push(await page.evaluate<number>('interactive'))
    }
    await page.close()
  }
  await context.close()
  return found
}
