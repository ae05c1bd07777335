import { basename } from 'node:path'
import { nearestWord } from '@penstock/schemas/nearest-word.ts'
import type { ConnectorProblem } from './manifest-problems.ts'

/** A file that a connector needs and that is not there: which of the record files that are there was probably meant, and how to add it. */
export function missingFile(file: string, others: readonly string[], how: string): ConnectorProblem {
  const records = new Map(others.filter((one) => one.endsWith('.json')).map((one) => [stemOf(one), one]))
  const near = file.endsWith('.json')
    ? records.get(nearestWord(stemOf(file), [...records.keys()]) ?? '')
    : undefined
  const fix = near === undefined ? how : `Did you mean ${near}? If not: ${how}`
  return { file, pointer: '', message: 'This file is missing.', fix }
}

/** What tells record files from each other: nearly all of them end alike. */
function stemOf(file: string): string {
  return basename(file).split('.')[0] ?? ''
}
