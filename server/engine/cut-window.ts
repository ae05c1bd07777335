import type { OpenWindow } from '@penstock/schemas/generated/checkpoint.ts'
import type { CheckpointRule, ListRead } from '@penstock/schemas/generated/manifest.ts'
import type { Page } from './fetch-page.ts'
import { granularityOf, slack } from './granularity.ts'
import { splitWindow } from './plan-windows.ts'
import { recordTime } from './record-time.ts'
import { mentions } from './render-template.ts'

/** What says where a window may be cut. */
export interface CutContext {
  readonly list: ListRead
  readonly rule: CheckpointRule
  /** The API's time, Unix seconds, when the read began. */
  readonly now: number
  /** Before this there are probably no records: a hint for cutting windows evenly. Unix seconds. */
  readonly accountCreatedAt: number | undefined
  readonly timezone: string | undefined
}

/**
 * Cuts a window into about so many `parts` that can be read side by side. `page`, where one was read, tells from when on there are records.
 * Gives fewer than two where the API cannot be asked for a part of the window, or it is too short.
 */
export function cutWindow(
  window: OpenWindow,
  parts: number,
  page: Page | undefined,
  { list, rule, now, accountCreatedAt, timezone }: CutContext,
): readonly OpenWindow[] {
  if (rule.filter !== 'server' || !mentions(list.request, 'window.before')) return []
  const times = (page?.records ?? [])
    .map((record) => recordTime(record, rule))
    .filter((time) => time !== undefined)
  const oldest = Math.min(accountCreatedAt ?? Infinity, ...times)
  return splitWindow({
    rule,
    window,
    parts,
    oldest: Number.isFinite(oldest) ? Math.floor(oldest) : 0,
    newest: Math.max(now, ...times.map((time) => Math.ceil(time))) + slack[granularityOf(rule)],
    timezone,
  })
}
