import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { checkConnector } from '@penstock/connectors/check-connector.ts'
import { startingFiles } from '@penstock/web/connectors/starting-manifest.ts'

test('the manifest that a new connector begins with is sound', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-starting-'))
  try {
    for (const [file, text] of Object.entries({
      'manifest.yaml': startingFiles.manifest,
      ...startingFiles.records,
    })) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
    expect(await checkConnector(folder)).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
