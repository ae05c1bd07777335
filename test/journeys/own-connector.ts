import type { Page } from 'playwright-core'
import type { TinyApi } from '../fakes/tiny-api.ts'

/** The record schema of the tiny API’s notes. */
export const recordFile = 'records/note.schema.json'

/** From the manifest that every new connector begins with to a saved draft of one for the tiny API, with the keyboard where there are keys. */
export async function writeConnector(page: Page, tiny: TinyApi): Promise<void> {
  const { manifest, records } = tiny.files()
  await page.getByRole('link', { name: 'Connectors' }).first().click()
  await page.getByRole('link', { name: 'New connector' }).click()
  await page.getByText('From the beginning').click()
  await takeSuggestion(page)
  await typeOver(page, 'manifest.yaml', manifest)
  await page.getByText('Not saved').waitFor()
  // What is missing is told at its line, and leads there.
  await page.getByRole('tabpanel').getByText('This file is missing.', { exact: false }).click()
  await page.locator('.cm-activeLine', { hasText: `record: ${recordFile}` }).waitFor()
  await page.keyboard.press('Control+s')
  await page.waitForURL(/\/connectors\/tiny$/)
  // Its own page goes on where the writing was.
  await page.locator('.cm-focused .cm-activeLine', { hasText: `record: ${recordFile}` }).waitFor()
  await page.getByRole('button', { name: 'Add a record schema' }).click()
  // What the manifest names and lacks stands there already, and then the keys go into the new file.
  await page.getByRole('dialog').locator('input[value=note]').waitFor()
  await page.keyboard.press('Enter')
  await page.locator(`[data-file="${recordFile}"] .cm-focused`).waitFor()
  await typeOver(page, recordFile, records[recordFile] ?? '')
  // At most that the record schema of the beginning is not used any more.
  await page.getByText(/^(?:No problems|1 warning)$/).waitFor()
  await page.keyboard.press('Control+s')
  await page.getByText('Saved', { exact: true }).waitFor()
}

/** A line of its own at the end of the manifest, of which only the beginning is typed. */
async function takeSuggestion(page: Page): Promise<void> {
  await page.locator('.cm-content').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\nrate')
  await page.keyboard.press('Control+Space')
  // By mouse: a key that comes at once is taken for one that was meant for the text.
  await page.getByRole('option', { name: 'rateLimits' }).click()
  await page.locator('.cm-activeLine', { hasText: 'rateLimits:' }).waitFor()
}

/** Writes another text in place of all that a file holds. */
export async function typeOver(page: Page, file: string, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: `${file}, editor` })
  await editor.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

/** Publishes the draft that is open and connects the tiny API by the dialog that its manifest draws. */
export async function publishAndConnect(page: Page, token: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await dialog.getByText('This is its first version.').waitFor()
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
  await dialog.getByRole('heading', { name: 'Version 1 is published' }).waitFor()
  await dialog.getByRole('button', { name: 'Create a connection' }).click()
  await dialog.getByRole('heading', { name: 'Connect Tiny notes' }).waitFor()
  await dialog.getByLabel('Access token').fill(token)
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await dialog.getByText('Tiny Ltd').first().waitFor()
  await dialog.getByRole('button', { name: 'Build a pipeline' }).waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()
}

/** Calls the plain API as whoever is signed in in this page. */
export async function callApi<T>(page: Page, path: string, data: unknown): Promise<T> {
  const { origin } = new URL(page.url())
  const answer = await page.request.post(`${origin}/api/${path}`, { data, headers: { Origin: origin } })
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as T
}

/** A published pipeline that reads the notes, and its first run. */
export async function runNotes(page: Page): Promise<{ readonly pipelineId: string; readonly runId: string }> {
  const all = await callApi<{ id: string; connector: string }[]>(page, 'connections/list', {})
  const idOf = (connector: string) => all.find((one) => one.connector === connector)?.id
  const document = {
    name: 'Notes',
    source: { connector: 'tiny', connection: idOf('tiny') },
    objects: { notes: { fields: { author: 'hash' } } },
    destination: { type: 'duckdb', connection: idOf('duckdb'), schema: 'tiny' },
  }
  const { id: pipelineId } = await callApi<{ id: string }>(page, 'pipelines/create', {
    name: 'Notes',
    document,
  })
  await callApi(page, 'pipelines/publish', { id: pipelineId, revision: 1 })
  const { runId } = await callApi<{ runId: string }>(page, 'runs/start', { pipelineId })
  return { pipelineId, runId }
}
