import type { JsonObject } from '../json-text.ts'
import { jsonInner, parseExactly } from '../json-text.ts'
import type { BaseRecords, Rendering } from '../record-store.ts'
import { indexOfObjectId } from './contact-records.ts'
import { customAttributes } from './custom-attributes.ts'
import type { Draw } from './draw.ts'
import { pick } from './draw.ts'
import type { Timeline } from './timeline.ts'
import { objectIdOf } from './timeline.ts'

/** A company that has changed. `user_count` is not among its fields: it is counted on every read. */
export interface CompanyDraft {
  fields: JsonObject
  tagIds: string[]
  segmentIds: string[]
}

export interface CompanyNeeds {
  readonly count: number
  readonly workspaceId: string
  readonly draw: Draw
  readonly timeline: Timeline
  readonly tagIds: readonly string[]
  readonly segmentIds: readonly string[]
  readonly userCount: (index: number) => number
  /** The embedded lists of now, as names of tags and segments may change. */
  readonly tagText: (id: string) => string
  readonly segmentText: (id: string) => string
  readonly unstorableText: () => boolean
}

const firstWords = ['Blaue', 'Quiet', 'Norte', '青い', 'Grüne', 'الأفق', 'Little', 'Été'].map(jsonInner)
const secondWords = ['Laterne', 'Harbour', 'Río', '工房', 'Töpferei', 'الجديد', 'Anvil', 'Vélo'].map(
  jsonInner,
)
const industries = ['Software', 'Retail', 'Éducation', '製造業', 'Logistics & "freight"'].map(jsonInner)

/** Companies made on demand; members that the API leaves out when unset are left out here, too. */
export function makeCompanyRecords(needs: CompanyNeeds): BaseRecords<CompanyDraft> {
  const { count, timeline, draw } = needs
  const idAt = (index: number) => objectIdOf(timeline.createdAt(index), 'c0bb69f9f2', index)
  const tagIds = (index: number) => few(needs.tagIds, draw(index, 3))
  const segmentIds = (index: number) => few(needs.segmentIds, draw(index, 4)).slice(0, 1)
  const textAt = (index: number) =>
    `${companyHead(needs, idAt(index), index)},"user_count":${needs.userCount(index)},${lists(needs, tagIds(index), segmentIds(index))}}`
  return {
    count,
    idAt,
    indexOf: (id) => indexOfObjectId(id, count, idAt),
    createdAt: timeline.createdAt,
    updatedAt: timeline.updatedAt,
    textAt,
    draftAt: (index) => ({
      fields: parseExactly(textAt(index)),
      tagIds: [...tagIds(index)],
      segmentIds: [...segmentIds(index)],
    }),
  }
}

/** How a changed company is answered: its fields with the count and lists of now. */
export function companyRendering(
  needs: CompanyNeeds,
  indexOf: (id: string) => number,
): Rendering<CompanyDraft> {
  return {
    render: (draft, id) => ({
      ...draft.fields,
      user_count: needs.userCount(indexOf(id)),
      ...parseExactly(`{${lists(needs, draft.tagIds, draft.segmentIds)}}`),
    }),
    updatedAt: (draft) => Number(draft.fields['updated_at']),
    createdAt: (draft) => Number(draft.fields['created_at']),
  }
}

function companyHead(
  { draw, timeline, workspaceId, unstorableText }: CompanyNeeds,
  id: string,
  index: number,
): string {
  const drawn = draw(index, 5)
  const created = timeline.createdAt(index)
  const plan =
    drawn % 3 === 0 ? `{"type":"plan","id":"${1000 + (drawn % 4)}","name":"Plan ${drawn % 4}"}` : '{}'
  return (
    `{"type":"company","company_id":"cust-${index + 1}","id":"${id}","app_id":"${workspaceId}","name":"${pick(firstWords, drawn)} ${pick(secondWords, drawn >>> 4)} ${index}",` +
    (drawn % 2 === 0 ? `"remote_created_at":${created - 86_400},` : '') +
    `"created_at":${created},"updated_at":${timeline.updatedAt(index)},` +
    (drawn % 5 === 0 ? '' : `"last_request_at":${timeline.between(index, 0.8)},`) +
    (drawn % 4 === 0 ? `"size":${1 + (drawn % 5000)},` : '') +
    (drawn % 4 === 1 ? `"website":"https://company-${index}.example.com/",` : '') +
    (drawn % 6 === 0 ? `"industry":"${pick(industries, drawn >>> 6)}",` : '') +
    `"monthly_spend":${drawn % 900},"session_count":${drawn % 1300},"plan":${plan},"custom_attributes":${customAttributes(draw, index, unstorableText())}`
  )
}

function lists(needs: CompanyNeeds, tagIds: readonly string[], segmentIds: readonly string[]): string {
  return `"tags":{"type":"tag.list","tags":[${tagIds.map(needs.tagText).join(',')}]},"segments":{"type":"segment.list","segments":[${segmentIds.map(needs.segmentText).join(',')}]}`
}

function few(ids: readonly string[], drawn: number): readonly string[] {
  const wanted = drawn % 5 === 0 ? 12 : drawn % 3 === 0 ? 2 : 0
  const start = (drawn >>> 5) % Math.max(ids.length, 1)
  return ids.slice(start, start + wanted)
}
