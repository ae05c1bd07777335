import type { Page } from 'playwright-core'
import type { Places } from './furnish-workspaces.ts'

/** What a screen can be seen in. */
export type ScreenState = 'filled' | 'empty' | 'failing' | 'loading' | 'forbidden'

/** One screen of the product, or a part of one that opens over it. */
export interface Screen {
  readonly name: string
  /** The address, without the host. */
  readonly at: (places: Places, state: ScreenState) => string
  readonly states: readonly ScreenState[]
  /** Its emptiness is in the workspace that has everything else. */
  readonly emptyAmongOthers?: true
  /** What opens the part, from the address on. */
  readonly open?: (page: Page) => Promise<void>
  /** Also for phones: no scrolling sideways at 390 pixels. */
  readonly phone?: true
}

const all = ['filled', 'empty', 'failing', 'loading'] as const
const everybody = ['filled', 'empty', 'failing', 'loading', 'forbidden'] as const
const noEmpty = ['filled', 'failing', 'loading'] as const
const only = ['filled'] as const

const settings = [
  ['appearance', only],
  ['shortcuts', only],
  ['general', only],
  ['members', [...noEmpty, 'forbidden']],
  ['oauth-profiles', everybody],
  ['regions', [...noEmpty, 'forbidden']],
  ['hash-key', noEmpty],
  ['retention', [...noEmpty, 'forbidden']],
  ['alerts', everybody],
  ['api-keys', all],
  ['audit', [...noEmpty, 'forbidden']],
  ['danger', all],
] as const

/** Every screen behind the sign-in. */
export const screens: readonly Screen[] = [
  { name: 'pipelines', at: () => '/pipelines', states: everybody, phone: true },
  { name: 'nothing-found', at: () => '/pipelines?q=nothing+is+called+so', states: only },
  { name: 'runs', at: () => '/runs', states: all, phone: true },
  {
    name: 'run',
    at: ({ pipeline, run }) => `/pipelines/${pipeline}/runs/${run}`,
    states: noEmpty,
    phone: true,
  },
  {
    name: 'run-log',
    at: ({ pipeline, laterRun }) => `/pipelines/${pipeline}/runs/${laterRun}?log=true&object=contacts`,
    states: only,
    phone: true,
  },
  { name: 'compare', at: ({ run, laterRun }) => `/runs/compare?a=${run}&b=${laterRun}`, states: noEmpty },
  { name: 'connections', at: () => '/connections', states: everybody, phone: true },
  {
    name: 'connection',
    at: ({ connection }) => `/connections?open=${connection}`,
    states: [...noEmpty, 'forbidden'],
    phone: true,
  },
  { name: 'connect', at: () => '/connections', states: only, open: newSource },
  { name: 'connect-source', at: () => '/connections', states: only, open: intercomForm, phone: true },
  { name: 'connect-destination', at: () => '/connections', states: only, open: postgresForm },
  { name: 'changes', at: () => '/changes', states: everybody, phone: true },
  { name: 'connectors', at: () => '/connectors', states: noEmpty, phone: true },
  { name: 'connector', at: () => '/connectors/intercom', states: [...noEmpty, 'forbidden'] },
  { name: 'new-connector', at: () => '/connectors/new', states: ['filled', 'forbidden'] },
  { name: 'own-connector', at: () => '/connectors/acme_notes', states: only },
  { name: 'publish-connector', at: () => '/connectors/acme_notes', states: only, open: publishConnector },
  { name: 'connector-versions', at: () => '/connectors/acme_notes', states: only, open: versions },
  ...settings.map(([section, states]): Screen => ({
    name: `settings-${section}`,
    at: () => `/settings/${section}`,
    states,
  })),
  { name: 'create-menu', at: () => '/pipelines', states: only, open: createMenu },
  { name: 'palette', at: () => '/pipelines', states: only, open: (page) => press(page, 'Control+k') },
  { name: 'shortcut-sheet', at: () => '/pipelines', states: only, open: (page) => press(page, '?') },
  { name: 'not-found', at: () => '/nowhere', states: only, phone: true },
  { name: 'editor', at: editorOf, emptyAmongOthers: true, states: everybody },
  {
    name: 'editor-outline',
    at: editorOf,
    emptyAmongOthers: true,
    states: ['filled', 'empty'],
    open: outline,
    phone: true,
  },
  {
    name: 'editor-yaml',
    at: editorOf,
    emptyAmongOthers: true,
    states: ['filled', 'empty'],
    open: (page) => view(page, 'YAML'),
  },
  {
    name: 'editor-objects',
    at: editorOf,
    emptyAmongOthers: true,
    states: only,
    open: (page) => sourceTab(page, 'Objects'),
  },
  {
    name: 'editor-fields',
    at: editorOf,
    emptyAmongOthers: true,
    states: only,
    open: (page) => sourceTab(page, 'Fields'),
  },
  {
    name: 'editor-settings',
    at: editorOf,
    emptyAmongOthers: true,
    states: only,
    open: (page) => sourceTab(page, 'Settings'),
  },
  { name: 'editor-add-objects', at: editorOf, emptyAmongOthers: true, states: only, open: addObjects },
  {
    name: 'editor-destination',
    at: editorOf,
    emptyAmongOthers: true,
    states: only,
    open: (page) => step(page, 'destination'),
  },
  {
    name: 'editor-protection',
    at: editorOf,
    emptyAmongOthers: true,
    states: only,
    open: (page) => step(page, 'protection'),
  },
  {
    name: 'editor-problems',
    at: editorOf,
    emptyAmongOthers: true,
    states: ['filled', 'empty'],
    open: problems,
  },
  {
    name: 'editor-picker',
    at: editorOf,
    emptyAmongOthers: true,
    states: ['empty'],
    open: (page) => step(page, 'slot:source'),
  },
  { name: 'editor-publish', at: editorOf, emptyAmongOthers: true, states: only, open: publish },
]

function editorOf({ pipeline, draft }: Places, state: ScreenState): string {
  return `/pipelines/${state === 'empty' ? draft : pipeline}/edit`
}

async function newSource(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New source' }).first().click()
  await page.getByRole('dialog').waitFor()
}

async function intercomForm(page: Page): Promise<void> {
  await newSource(page)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Intercom/ })
    .click()
  await page.getByRole('dialog').getByLabel('Name').waitFor()
}

async function postgresForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New destination' }).first().click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Postgre/ })
    .click()
  await page.getByRole('dialog').getByLabel('Name').waitFor()
}

async function publishConnector(page: Page): Promise<void> {
  await publish(page)
  await page.getByRole('dialog').getByText('Not compatible').waitFor()
}

async function versions(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More about this connector' }).click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  await page.getByRole('dialog').getByText('Version 1').first().waitFor()
}

async function createMenu(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByRole('menu').waitFor()
}

async function press(page: Page, keys: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press(keys)
  await page.getByRole('dialog').waitFor()
}

async function view(page: Page, name: 'Outline' | 'YAML'): Promise<void> {
  await page.getByRole('radio', { name }).click()
  if (name === 'YAML') await page.locator('.cm-content').waitFor()
}

/** On a phone the outline is what opens; elsewhere it is chosen. */
async function outline(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Outline' }).click()
  await page.getByRole('region', { name: 'Steps of the pipeline' }).waitFor()
}

async function step(page: Page, id: string): Promise<void> {
  const card = page.locator(`.react-flow__node[data-id="${id}"]`)
  await card.focus()
  await page.keyboard.press('Enter')
  await page.locator(id.startsWith('slot:') ? '[role=dialog]' : 'aside').waitFor()
}

async function sourceTab(page: Page, name: string): Promise<void> {
  await step(page, 'source')
  await page.getByRole('tab', { name }).click()
}

async function addObjects(page: Page): Promise<void> {
  await sourceTab(page, 'Objects')
  await page.getByRole('button', { name: 'Add objects' }).click()
  await page.getByRole('dialog').waitFor()
}

async function problems(page: Page): Promise<void> {
  await page.locator('[data-problems]').click()
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('dialog').waitFor()
}
