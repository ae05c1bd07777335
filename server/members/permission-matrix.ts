import type { Role } from '../actor.ts'
import { actWords, areaWords } from './act-words.ts'

/** One thing that members do, and the least role it takes. */
export interface Act {
  readonly procedure: string
  readonly words: string
  readonly role: Role
}

export interface ActArea {
  readonly area: string
  readonly acts: Act[]
}

/** Who may do what in a workspace, in words, grouped as the API is: `rules` is the one policy table. */
export function describePermissions(rules: Readonly<Record<string, string>>): { areas: ActArea[] } {
  const areas = new Map<string, Act[]>()
  for (const [procedure, rule] of Object.entries(rules)) {
    if (rule !== 'viewer' && rule !== 'editor' && rule !== 'admin') continue
    const area = procedure.slice(0, procedure.indexOf('.'))
    const acts = areas.get(area) ?? []
    acts.push({ procedure, words: actWords[procedure] ?? spell(procedure), role: rule })
    areas.set(area, acts)
  }
  return {
    areas: [...areas].map(([area, acts]) => ({ area: areaWords[area] ?? capital(spread(area)), acts })),
  }
}

/** `pipelines.saveDraft` without words of its own: "Save draft". */
function spell(procedure: string): string {
  return capital(spread(procedure.slice(procedure.indexOf('.') + 1)))
}

function spread(name: string): string {
  return name.replaceAll(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
