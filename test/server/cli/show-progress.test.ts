import { expect, test } from 'vitest'
import { formatBoard } from '@penstock/server/cli/format-board.ts'
import { formatSummary } from '@penstock/server/cli/format-summary.ts'
import { applyEvent, emptyBoard } from '@penstock/server/cli/run-board.ts'
import { showProgress } from '@penstock/server/cli/show-progress.ts'
import { processTerminal } from '@penstock/server/cli/terminal.ts'
import type { RunEvent } from '@penstock/server/engine/execute-run.ts'
import { readEnvironment } from '@penstock/server/env.ts'
import type { RunReport } from '@penstock/schemas/generated/run.ts'

const plain = processTerminal(readEnvironment({ NO_COLOR: '1' })).outColors
const counts = { loaded: 1200, unchanged: 34, filtered: 0, rejected: 0, deleted: 0, requests: 9 }

const events: readonly RunEvent[] = [
  { type: 'account', name: 'Acme Support', id: 'abc123', region: 'EU' },
  { type: 'object', object: 'contacts', state: 'queued' },
  { type: 'object', object: 'contacts', state: 'reading' },
  { type: 'progress', object: 'contacts', extracted: 1234, ...counts },
  { type: 'object', object: 'tags', state: 'reading' },
  { type: 'object', object: 'tags', state: 'failed' },
]

test('a terminal sees one line for each object, and what the run waits for', () => {
  const now = 1_000_000
  const waiting: RunEvent = { type: 'waiting', reason: 'the API’s budget is used up', untilMs: now + 4200 }
  const board = [...events, waiting].reduce(applyEvent, emptyBoard(['contacts', 'tags', 'teams']))
  const lines = formatBoard(board, plain, now, 0).split('\n')
  expect(lines).toEqual([
    '  Acme Support abc123 · EU',
    '',
    '  contacts  ⠋ reading        1,234 extracted      1,200 loaded          9 requests',
    '  tags      ✗ failed             0 extracted          0 loaded          0 requests',
    '  teams     · queued',
    '',
    '  ⏸ waiting 4.2 s: the API’s budget is used up',
  ])
  expect(formatBoard(board, plain, now + 5000, 0)).not.toContain('waiting')
})

test('elsewhere each milestone is a line, and an object’s end comes with its last counts', async () => {
  const said: string[] = []
  const terminal = {
    ...processTerminal(readEnvironment({ NO_COLOR: '1' })),
    live: false,
    err: (text: string) => void said.push(text),
  }
  const progress = await showProgress(terminal, ['contacts', 'tags'])
  for (const event of events) progress.onEvent(event)
  progress.onEvent({ type: 'object', object: 'contacts', state: 'succeeded' })
  progress.onEvent({ type: 'progress', object: 'contacts', extracted: 1300, ...counts })
  progress.stop()
  expect(said).toEqual([
    'Acme Support abc123 · EU',
    '▸ reading contacts',
    '▸ reading tags',
    '✓ succeeded contacts, 1,300 extracted, 1,200 loaded, 34 unchanged, 9 requests',
    '✗ failed tags, 0 extracted',
  ])
})

test('a summary says what went wrong, what changed, and what to do', () => {
  const report: RunReport = {
    run: 'r',
    status: 'partial',
    startedAt: '2026-11-21T10:00:00.000Z',
    finishedAt: '2026-11-21T10:03:20.000Z',
    requests: 10,
    retries: 2,
    rateLimitWaitMs: 1500,
    error: null,
    objects: [
      {
        object: 'tickets',
        status: 'skipped',
        mode: 'incremental',
        checkpoint: null,
        extracted: 0,
        loaded: 0,
        unchanged: 0,
        filtered: 0,
        rejected: 0,
        deleted: 0,
        requests: 1,
        error: {
          code: 'missing_scope',
          message: 'The token may not read tickets.',
          advice: 'Grant “Read tickets”.',
        },
        warnings: [],
        schemaChanges: [],
      },
      {
        object: 'contacts',
        status: 'succeeded',
        mode: 'incremental',
        checkpoint: {},
        extracted: 1234,
        loaded: 1200,
        unchanged: 30,
        filtered: 4,
        rejected: 0,
        deleted: 1,
        requests: 9,
        error: null,
        warnings: ['One thing is odd.'],
        schemaChanges: [
          {
            object: 'contacts',
            field: 'nickname',
            kind: 'added',
            exampleType: 'string',
            firstSeen: '2026-11-21T10:00:00.000Z',
            applied: 'column_added_hashed',
          },
        ],
      },
    ],
  }
  const text = formatSummary(report, plain)
  expect(text).toContain('tickets: The token may not read tickets. → Grant “Read tickets”.')
  expect(text).toContain('! contacts: One thing is odd.')
  expect(text).toContain('contacts.nickname is new (string): a column was added, and its values are hashed.')
  expect(text).toMatch(/contacts +✓ succeeded +1,234 +1,200 +30 +4 +0 +1 +9/)
  expect(text).toContain(
    '◐ partial in 3 min 20 s · 2 objects · 1,200 rows loaded · 10 requests (2 retries, 1.5 s waiting for the rate limit)',
  )
})
