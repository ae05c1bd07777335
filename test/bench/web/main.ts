import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatTable } from '@penstock/server/cli/print-table.ts'
import { processTerminal } from '@penstock/server/cli/terminal.ts'
import { readEnvironment } from '@penstock/server/env.ts'
import { startEmbedded } from '@penstock/server/postgres/start-embedded.ts'
import type { Browser } from 'playwright-core'
import { openBrowser, signUpAdmin, startPenstock } from '../../journeys/start-penstock.ts'
import { isMet } from './figure.ts'
import type { Figure } from './figure.ts'
import { measureCanvas } from './measure-canvas.ts'
import { measureGrid } from './measure-grid.ts'
import { measureLive } from './measure-live.ts'
import { measurePaint } from './measure-paint.ts'
import { servePreview } from './serve-preview.ts'

/**
 * `npm run bench:web`: how fast the app is in a real browser, against the goals it set itself. Nothing of it is a test: a busy machine makes
 * every wall clock wrong, so that what the page's main thread worked stands beside. Ends with 1 where a goal was missed.
 * Parts can be named: `npm run bench:web -- canvas grid app`.
 */
const wanted = process.argv.slice(2)
const wants = (part: string): boolean => wanted.length === 0 || wanted.includes(part)
const browser = await openBrowser()
if (!browser) throw new Error('There is no Chromium to measure with.')
try {
  const figures = [...(await measureParts(browser)), ...(wants('app') ? await measureApp(browser) : [])]
  print(figures)
  process.exitCode = figures.every(isMet) ? 0 : 1
} finally {
  await browser.close()
}

/** The canvas and the grid by themselves, larger than any API makes them. */
async function measureParts(chromium: Browser): Promise<readonly Figure[]> {
  if (!wants('canvas') && !wants('grid')) return []
  const preview = await servePreview()
  try {
    return [
      ...(wants('canvas') ? await measureCanvas(chromium, preview.url) : []),
      ...(wants('grid') ? await measureGrid(chromium, preview.url) : []),
    ]
  } finally {
    preview.close()
  }
}

/** The app as `npm start` serves it. */
async function measureApp(chromium: Browser): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-bench-web-'))
  const web = join(folder, 'web')
  buildWeb(web)
  const database = await startEmbedded(join(folder, 'postgres'), { fsync: 'off' })
  const penstock = await startPenstock({ DATABASE_URL: database.url, PENSTOCK_WEB_FOLDER: web })
  try {
    const ada = await signUpAdmin(penstock, chromium)
    const { pipelineId } = await ada.api.sandbox.accept.mutate()
    const large = await makeLarge(ada, pipelineId)
    const { id } = await ada.api.pipelines.duplicate.mutate({ id: pipelineId, name: 'Watched' })
    await ada.api.pipelines.publish.mutate({ id, revision: 1 })
    return [
      ...(await measurePaint(ada, penstock.url, large)),
      ...(await measureLive(ada, { url: penstock.url, databaseUrl: database.url, pipeline: id })),
    ]
  } finally {
    await penstock.remove()
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A pipeline of all 22 objects with a card each: 25 steps. */
async function makeLarge({ api }: Awaited<ReturnType<typeof signUpAdmin>>, like: string): Promise<string> {
  const { draft } = await api.pipelines.get.query({ id: like })
  const { objects } = await api.connectors.get.query({ name: 'intercom' })
  const document = {
    ...draft,
    name: 'Large',
    objects: Object.fromEntries(objects.map(({ object }) => [object, {}])),
  }
  const { id } = await api.pipelines.create.mutate({ name: 'Large', document })
  const layout = { positions: {}, names: {}, notes: {}, protection: true, objectCards: true }
  await api.pipelines.saveDraft.mutate({ id, baseRevision: 1, document, layout })
  return id
}

/** In a folder of its own: journeys that run meanwhile build theirs anew. */
function buildWeb(folder: string): void {
  const root = join(import.meta.dirname, '../../..')
  const args = ['build', 'web', '--logLevel', 'error', '--outDir', folder]
  const vite = spawnSync(join(root, 'web/node_modules/.bin/vite'), args, { cwd: root, encoding: 'utf8' })
  if (vite.status !== 0) throw new Error(vite.stdout + vite.stderr)
}

function print(figures: readonly Figure[]): void {
  const colors = processTerminal(readEnvironment()).outColors
  const number = (value: number, unit: string): string => `${value.toFixed(unit === 'rows' ? 0 : 1)} ${unit}`
  const rows = figures.map((figure) => [
    figure.what,
    number(figure.value, figure.unit),
    figure.thread === undefined ? '' : number(figure.thread, figure.unit),
    `${figure.more ? '≥' : '≤'} ${number(figure.goal, figure.unit)}`,
    isMet(figure) ? colors.green('✓') : colors.red('✗'),
  ])
  const heads = ['', 'wall clock', 'main thread', 'goal', ''] as const
  const columns = heads.map((title, index) => ({ title, align: index === 0 ? 'left' : 'right' }) as const)
  console.log(formatTable(columns, rows, colors))
}
