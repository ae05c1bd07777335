import type { RecordEstimate } from '../editor/document/catalogue.ts'
import { count as written } from '../ui/count.ts'
import { catalogue } from './catalogue.ts'

const words = catalogue({
  about: (number: string) => `about ${number}`,
  records: (number: string, one: boolean) => (one ? `${number} record` : `${number} records`),
  from: (records: string, when: string) => `${records}, ${when}`,
})

/**
 * 412 → "412"; 12345 → "about 12,300", because it will have changed by the time that it is read, as does what is approximate.
 * Undefined where the API says that there is nothing and is known to be wrong at times: that says nothing.
 */
export function estimatedCount({ count, approximate }: RecordEstimate): string | undefined {
  if (approximate && count === 0) return undefined
  if (count < 1_000) return approximate ? words.about(written(count)) : written(count)
  return words.about(written(Number(count.toPrecision(3))))
}

/** As `estimatedCount`, in records: "about 12,300 records"; and since when it is known, where that is given: "412 records, 3 days ago". */
export function estimatedRecords(estimate: RecordEstimate, when?: string): string | undefined {
  const number = estimatedCount(estimate)
  if (number === undefined) return undefined
  const records = words.records(number, estimate.count === 1)
  return when === undefined ? records : words.from(records, when)
}
