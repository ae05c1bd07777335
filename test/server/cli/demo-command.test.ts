import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { penstock } from './start-penstock.ts'

test('npm start lands a warehouse and answers three questions from it; again, it goes on from there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'penstock-demo-'))
  const env = { PENSTOCK_DATA_DIR: folder }
  try {
    const first = await penstock(['demo'], { env })
    expect(first).toMatchObject({ code: 0 })
    expect(first.out).toContain('It is the first run')
    expect(first.out).toMatch(/contacts +✓ succeeded +2,000 +2,000 +0/)
    expect(first.out.match(/^ {4}select .* as /gm)).toHaveLength(3)
    expect(first.out).not.toContain('(no rows)')
    expect(first.out).toContain(join(basename(folder), 'demo-warehouse.duckdb'))

    const second = await penstock(['demo'], { env })
    expect(second).toMatchObject({ code: 0 })
    expect(second.out).toMatch(/\d+ changes happened there since/)
    const [, extracted = 'none', loaded = 'none'] =
      /contacts +✓ succeeded +([\d,]+) +([\d,]+)/.exec(second.out) ?? []
    expect(Number(extracted)).toBeLessThan(200)
    expect(Number(loaded)).toBeGreaterThan(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
