import type { Page, Route } from 'playwright-core'

/** How the API answers a page: as it is, with a failure, or never. */
export type Answering = 'normal' | 'failing' | 'never'

/** Makes every question of a page fail or wait, but for who is signed in: without that no screen is shown at all. */
export async function steerAnswers(page: Page, answering: () => Answering): Promise<void> {
  await page.route('**/trpc/**', async (route) => {
    const procedures = proceduresOf(route)
    const now = answering()
    if (now === 'normal' || procedures.every(isKept)) return await route.continue()
    // A held request has no answer as long as the page stays; leaving it ends it.
    if (now === 'never') return undefined
    if (!procedures.some(isKept)) return await fail(route, procedures)
    return await failSome(route, procedures)
  })
}

/** For `page.route`: the server’s failure in place of the answer to one question. */
export async function answerWithFailure(route: Route): Promise<void> {
  await fail(route, proceduresOf(route))
}

/** Holds the answers to one question back until what this gives is called. */
export async function holdAnswers(page: Page, procedure: string): Promise<() => void> {
  let answer = (): void => {}
  const held = new Promise<void>((resolve) => (answer = resolve))
  await page.route(`**/trpc/*${procedure}*`, async (route) => {
    await held
    await route.continue()
  })
  return answer
}

function isKept(procedure: string): boolean {
  return procedure.startsWith('session.')
}

function proceduresOf(route: Route): readonly string[] {
  return decodeURIComponent(new URL(route.request().url()).pathname.replace('/trpc/', '')).split(',')
}

async function fail(route: Route, procedures: readonly string[]): Promise<void> {
  if (route.request().resourceType() === 'eventsource') return await route.abort()
  await route.fulfill({ status: 500, json: procedures.map(failureOf) })
}

/** A batch in which the session's questions are answered. */
async function failSome(route: Route, procedures: readonly string[]): Promise<void> {
  const answer = await route.fetch()
  const real: unknown = await answer.json()
  const json = procedures.map((name, at) =>
    isKept(name) && Array.isArray(real) ? real[at] : failureOf(name),
  )
  await route.fulfill({ status: 207, json })
}

function failureOf(path: string): unknown {
  const message = 'Penstock’s database does not answer. Try again in a moment.'
  return { error: { message, code: -32_603, data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, path } } }
}
