import { lineFinder } from '@penstock/connectors/find-line.ts'
import { unusedRecords } from '@penstock/connectors/check/unused-records.ts'
import type { ConnectorProblem } from '@penstock/connectors/manifest-problems.ts'
import type { RecordSchema } from '@penstock/schemas/generated/record.ts'
import type { Actor } from '../actor.ts'
import { describeObjects, describeSource } from './describe-connector.ts'
import type { ConnectorDescription, ObjectDescription } from './describe-connector.ts'
import { judgeHosts } from './judge-hosts.ts'
import { readDraft } from './read-draft.ts'
import type { ConnectorDraft } from './read-draft.ts'

/** What is wrong with a draft, and what it would look like. */
export interface CheckedDraft {
  readonly problems: (ConnectorProblem & { readonly line?: number | undefined })[]
  /** What harms nobody, and may be a mistake all the same. */
  readonly warnings: CheckedDraft['problems']
  /** Null while the files are not as their schemas say. */
  readonly form: ConnectorDescription | null
  readonly objects: ObjectDescription[]
  /** TypeScript of the records. */
  readonly types: string
}

/** Checks a manifest and its records as someone is writing them. Nothing is kept, and nothing is sent anywhere. */
export async function checkDraft(actor: Actor, draft: ConnectorDraft): Promise<CheckedDraft> {
  const { connector, problems } = await judgeDraft(actor, draft)
  return {
    problems: withLines(problems, draft),
    warnings: connector ? withLines(unusedRecords(connector, Object.keys(draft.records)), draft) : [],
    form: connector ? describeSource(connector, undefined) : null,
    objects: connector ? describeObjects(connector) : [],
    types: connector ? await typesOf(connector.records) : '',
  }
}

/** As `readDraft`, and where its manifest would send secrets to: everything that stands between a draft and its publication. */
export async function judgeDraft({ services }: Pick<Actor, 'services'>, draft: ConnectorDraft) {
  const { connector, problems } = await readDraft(draft)
  const hosts = connector ? judgeHosts(connector, services.http.allowedHosts) : []
  return { connector, problems: [...problems, ...hosts] }
}

/** Problems with the line that each is at, where it can be told. */
export function withLines(
  problems: readonly ConnectorProblem[],
  { manifest, records }: ConnectorDraft,
): CheckedDraft['problems'] {
  const finders = new Map<string, ReturnType<typeof lineFinder>>()
  return problems.slice(0, 200).map((problem) => {
    const text = problem.file === 'manifest.yaml' ? manifest : records[problem.file]
    const finder = finders.get(problem.file) ?? lineFinder(text ?? '')
    finders.set(problem.file, finder)
    const line = problem.line ?? finder(problem.pointer)
    return line === undefined ? { ...problem } : { ...problem, line }
  })
}

/** The generator is loaded when it is first needed: it brings a formatter with it. */
async function typesOf(records: ReadonlyMap<string, RecordSchema>): Promise<string> {
  const { describeTypes } = await import('@penstock/schemas/record-types.ts')
  return await describeTypes(records)
}
