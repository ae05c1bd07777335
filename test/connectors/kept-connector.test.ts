import { appendFile, cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isKept, keepConnector, recallConnector } from '@penstock/connectors/kept-connector.ts'
import { readConnector, type Connector } from '@penstock/connectors/read-connector.ts'

const shipped = join(import.meta.dirname, '../../connectors')
const shelf = join(import.meta.dirname, '../../node_modules/.cache/penstock/connectors')

describe('a connector that was found to be sound', () => {
  let folder: string
  let place: string
  let read: Connector

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'penstock-kept-'))
    place = join(shelf, `${basename(folder)}.json`)
    await cp(join(shipped, 'github'), folder, { recursive: true })
    const { connector, texts } = await readConnector(folder)
    if (!connector) throw new Error('The connector is not sound.')
    read = connector
    await keepConnector(connector, texts)
  })

  afterEach(async () => {
    await Promise.all([folder, place].map((path) => rm(path, { recursive: true, force: true })))
  })

  test('is had again just as it was read', async () => {
    expect(await recallConnector(folder)).toEqual(read)
  })

  test('is checked again once its manifest has changed by a byte', async () => {
    await appendFile(join(folder, 'manifest.yaml'), '\n')
    expect(await recallConnector(folder)).toBeUndefined()
  })

  test('is checked again once the schema of a record has changed, or is gone', async () => {
    const record = join(folder, Object.values(read.manifest.objects)[0]?.record ?? '')
    const text = await readFile(record, 'utf8')
    await writeFile(record, text.replace('"', ' "'))
    expect(await recallConnector(folder)).toBeUndefined()
    await writeFile(record, text)
    expect(await recallConnector(folder)).toEqual(read)
    await rm(record)
    expect(await recallConnector(folder)).toBeUndefined()
  })

  test('is checked again where what was kept is cut short, empty, or not what was written', async () => {
    const text = await readFile(place, 'utf8')
    const changed = text.replace('"read":', '"Read":')
    expect(changed).not.toBe(text)
    for (const spoiled of [changed, '', '{}', `${text.split('\n')[0]}\n`]) {
      await writeFile(place, spoiled)
      expect(await recallConnector(folder)).toBeUndefined()
    }
    await writeFile(place, text)
    await truncate(place, text.length - 100)
    expect(await recallConnector(folder)).toBeUndefined()
  })
})

test('only connectors that come with Penstock are kept', () => {
  expect(isKept(join(shipped, 'intercom'))).toBe(true)
  expect(isKept('/srv/own/intercom')).toBe(false)
})
