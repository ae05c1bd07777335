import type { Field, SensitiveKind } from '@penstock/schemas/generated/record.ts'
import type { Pseudonymiser } from './protect-value.ts'
import { isJsonObject, isRawNumber, type Json } from './read-path.ts'

export type Protection = 'replicate' | 'hash' | 'exclude'

/** What happens to a value and to what is inside it. */
export interface ProtectionNode {
  readonly action: Protection
  /** What a scalar found here is, when it is hashed. */
  readonly kind: SensitiveKind
  readonly members: ReadonlyMap<string, ProtectionNode>
}

/**
 * Plans the protection of one field: `choices` are the pipeline's paths below it ('' is the field itself). What a path
 * does not name does as its parent does; what the manifest omits is always left out.
 * A leaf's kind is its own, else that of the nearest sensitive thing around it.
 */
export function planProtection(
  field: Field | undefined,
  choices: ReadonlyMap<string, Protection>,
  around: { readonly action: Protection; readonly kind: SensitiveKind } = {
    action: 'replicate',
    kind: 'free_text',
  },
): ProtectionNode {
  const action = field?.['x-omit'] === undefined ? (choices.get('') ?? around.action) : 'exclude'
  const kind = field?.['x-sensitive'] ?? around.kind
  const inside = membersOf(field)
  const names = new Set([
    ...Object.keys(inside),
    ...[...choices.keys()].map((path) => path.split('.')[0] ?? ''),
  ])
  names.delete('')
  const members = new Map<string, ProtectionNode>()
  for (const name of names) {
    const below = choicesBelow(choices, name)
    const member = planProtection(Object.hasOwn(inside, name) ? inside[name] : undefined, below, {
      action,
      kind,
    })
    if (!isPlain(member, action, kind)) members.set(name, member)
  }
  return { action, kind, members }
}

/** The choices for a member: paths below `name`, without it. */
export function choicesBelow(
  choices: ReadonlyMap<string, Protection>,
  name: string,
): Map<string, Protection> {
  const below = new Map<string, Protection>()
  for (const [path, protection] of choices) {
    if (path === name) below.set('', protection)
    else if (path.startsWith(`${name}.`)) below.set(path.slice(name.length + 1), protection)
  }
  return below
}

/** Whether a value passes through untouched, whatever is inside. */
export function isUntouched(node: ProtectionNode): boolean {
  return node.action === 'replicate' && node.members.size === 0
}

/** The paths inside a value that are hashed or left out, though the value as a whole is replicated. */
export function hiddenPaths({ action, members }: ProtectionNode): readonly string[] {
  if (action !== 'replicate') return []
  return [...members].flatMap(([name, member]) =>
    member.action === 'replicate' ? hiddenPaths(member).map((path) => `${name}.${path}`) : [name],
  )
}

/**
 * A copy of a JSON value with its protection applied; undefined where it is excluded. The shape stays. A scalar that stands where an
 * object was expected, of which a part is hidden, may be that part: it is hashed.
 */
export function protectTree(value: Json, node: ProtectionNode, pseudonymiser: Pseudonymiser): Json {
  if (node.action === 'exclude') return undefined
  if (value === null || value === undefined || isUntouched(node)) return value
  if (Array.isArray(value)) {
    return value.map((item) => protectTree(item, node, pseudonymiser) ?? null)
  }
  if (isJsonObject(value)) return protectMembers(value, node, pseudonymiser)
  const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return scalar || isRawNumber(value) ? pseudonymiser.token(node.kind, value) : null
}

function protectMembers(
  value: Record<string, Json>,
  node: ProtectionNode,
  pseudonymiser: Pseudonymiser,
): Record<string, Json> {
  const plain: ProtectionNode = { action: node.action, kind: node.kind, members: none }
  const copy: [string, Json][] = []
  for (const [key, member] of Object.entries(value)) {
    const kept = protectTree(member, node.members.get(key) ?? plain, pseudonymiser)
    if (kept !== undefined) copy.push([key, kept])
  }
  // fromEntries defines own members, so a key named __proto__ stays a key.
  return Object.fromEntries(copy)
}

const none: ReadonlyMap<string, ProtectionNode> = new Map()

/** Members as the record schema declares them; those of a list are its elements'. */
function membersOf(field: Field | undefined): Readonly<Record<string, Field>> {
  if (!field) return {}
  return field.properties ?? (field.items ? membersOf(field.items) : {})
}

function isPlain(node: ProtectionNode, action: Protection, kind: SensitiveKind): boolean {
  const sameKind = action === 'replicate' || node.kind === kind
  return node.action === action && sameKind && node.members.size === 0
}
