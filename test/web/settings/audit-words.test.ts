import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { auditWords } from '@penstock/web/strings/audit.ts'
import { expect, test } from 'vitest'

const server = join(import.meta.dirname, '../../../server')

/** Words of the same shape: lines of the log, and a file's name. */
const notAudited = /log\.\w+\(\s*'[^']+'|'\w+\.duckdb'/g

test('whatever the server writes into the audit log is shown in words', () => {
  const written = new Set<string>()
  for (const file of globSync('**/*.ts', { cwd: server, exclude: ['node_modules/**', 'sandbox/**'] })) {
    const text = readFileSync(join(server, file), 'utf8').replaceAll(notAudited, '')
    if (!/recordAudit|createPipelineInside|AuditEntry/.test(text)) continue
    for (const [, action = ''] of text.matchAll(/'([a-z]\w+\.[a-z]\w+)'/g)) written.add(action)
  }
  expect(written.size).toBeGreaterThan(50)
  expect([...written].filter((action) => !auditWords[action])).toEqual([])
})
