import { findObject } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'
import type { DraftDocument, ObjectChoice, Schedule } from './draft-document.ts'
import { rememberChoice } from './remember-choice.ts'
import { summaryStrings as words } from '../../strings/editor-summary.ts'

/** What of a pipeline is counted on its cards. */
export interface PipelineCounts {
  readonly objects: number
  /** Fields that land, those inside a column too, as the field grid counts them. Undefined while the catalogue is not known. */
  readonly fields: number | undefined
  readonly hashed: number
  readonly excluded: number
  /** Fields marked as sensitive that land as they are. Undefined while the catalogue is not known. */
  readonly open: number | undefined
}

/** Counts a pipeline. Objects that did not change since the last count are not counted again. */
export function countPipeline({ objects }: DraftDocument, catalogue: Catalogue | undefined): PipelineCounts {
  const counts = { objects: 0, fields: 0, hashed: 0, excluded: 0, open: 0 }
  for (const [name, choice] of Object.entries(objects)) {
    const known = findObject(catalogue, name)
    counts.objects += 1
    const own = known ? countObject(known, choice) : { ...countChosen(choice), fields: 0, open: 0 }
    counts.hashed += own.hashed
    counts.excluded += own.excluded
    counts.fields += own.fields
    counts.open += own.open
  }
  return catalogue ? counts : { ...counts, fields: undefined, open: undefined }
}

const countObject = rememberChoice((object, choice) => {
  const chosen = choice?.fields ?? {}
  return {
    ...countChosen(choice),
    fields: object.fields.filter(({ path }) => !isLeftOut(path, chosen)).length,
    open: openFields(object.fields, chosen).length,
  }
})

function countChosen(choice: ObjectChoice): { readonly hashed: number; readonly excluded: number } {
  const protections = Object.values(choice?.fields ?? {})
  return {
    hashed: protections.filter((one) => one === 'hash').length,
    excluded: protections.filter((one) => one === 'exclude').length,
  }
}

/** Sensitive fields that land as they are: not protected themselves, nor inside a column that is. */
export function openFields<
  F extends { readonly path: string; readonly sensitive?: string; readonly keyReason?: string },
>(fields: readonly F[], chosen: Readonly<Record<string, string>>): readonly F[] {
  return fields.filter(
    ({ path, sensitive, keyReason }) =>
      sensitive !== undefined && keyReason === undefined && !isProtected(path, chosen),
  )
}

/** Whether a path, or a column it lies in, does not land. */
function isLeftOut(path: string, chosen: Readonly<Record<string, string>>): boolean {
  if (chosen[path] === 'exclude') return true
  const dot = path.lastIndexOf('.')
  return dot > 0 && isLeftOut(path.slice(0, dot), chosen)
}

/** Whether a path, or a column it lies in, is hashed or left out. */
export function isProtected(path: string, chosen: Readonly<Record<string, string>>): boolean {
  const own = chosen[path]
  if (own === 'hash' || own === 'exclude') return true
  const dot = path.lastIndexOf('.')
  return dot > 0 && isProtected(path.slice(0, dot), chosen)
}

/** "6 objects · 41 fields · 9 hashed · 1 disabled · every 15 min" */
export function summariseSource(
  document: DraftDocument,
  counts: PipelineCounts,
  disabled: number = 0,
): string {
  const parts = [words.objects(counts.objects)]
  if (counts.objects > 0 && counts.fields !== undefined) parts.push(words.fields(counts.fields))
  if (counts.hashed > 0) parts.push(words.hashed(counts.hashed))
  if (disabled > 0) parts.push(words.disabled(disabled))
  return [...parts, summariseSchedule(document.schedule)].join(' · ')
}

/** "9 hashed · 2 left out", or what that none is. */
export function summariseProtection({ hashed, excluded, open }: PipelineCounts): string {
  const parts: string[] = []
  if (hashed > 0) parts.push(words.hashed(hashed))
  if (excluded > 0) parts.push(words.excluded(excluded))
  if (open !== undefined && open > 0) parts.push(words.open(open))
  return parts.length > 0 ? parts.join(' · ') : words.nothingProtected
}

/** "PostgreSQL · schema intercom" */
export function summariseDestination({ destination }: DraftDocument, kindTitle: string | undefined): string {
  if (!destination) return ''
  const where = destination.connection === undefined ? words.noConnection : (kindTitle ?? destination.type)
  return destination.schema ? `${where} · ${words.schema(destination.schema)}` : where
}

/** "every 15 min", "cron 0 6 * * 1-5 (Europe/Dublin)", "by hand" */
export function summariseSchedule(schedule: Schedule | undefined): string {
  if (schedule === undefined) return words.byHand
  if ('cron' in schedule) return words.cron(schedule.cron, schedule.timezone ?? 'UTC')
  const [, count = '', unit = ''] = /^(\d+)([mhd])$/.exec(schedule.every) ?? []
  return isUnit(unit) ? words.every[unit](Number(count)) : schedule.every
}

function isUnit(unit: string): unit is 'm' | 'h' | 'd' {
  return unit === 'm' || unit === 'h' || unit === 'd'
}
