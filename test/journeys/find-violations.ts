import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe has against a page, each as its rule and the first element that breaks it; parts of the page can be left out by selector. */
export async function findViolations(
  page: Page,
  leftOut: readonly string[] = [],
): Promise<readonly string[]> {
  // The app has no frames; looking for them would take a page of its own each time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  for (const selector of leftOut) axe.exclude(selector)
  const { violations } = await axe.withTags([...rules]).analyze()
  return violations.map(({ id, nodes }) => `${id}, ${nodes[0]?.html.slice(0, 200)}`)
}

/** What one rule has against a page that `findViolations` has looked at: axe is in it since. */
export async function findViolationsOf(rule: string, page: Page): Promise<readonly string[]> {
  const options = JSON.stringify({
    runOnly: { type: 'rule', values: [rule] },
    resultTypes: ['violations'],
  })
  return await page.evaluate<readonly string[]>(
    `axe.run(document, ${options}).then((found) => found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ', ' + html.slice(0, 200))))`,
  )
}

/** What axe has against a page in the light theme, and against the colours of the dark one, in which it is left. */
export async function findViolationsInBothThemes(
  page: Page,
  leftOut: readonly string[] = [],
): Promise<readonly string[]> {
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'))
  const light = await findViolations(page, leftOut)
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'))
  const dark = await findViolationsOf('color-contrast', page)
  return [...light, ...dark.map((fault) => `dark: ${fault}`)]
}
