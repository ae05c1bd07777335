/** What of a JSON schema (draft 7) a suggestion needs. */
export interface SuggestSchema {
  readonly $ref?: string
  readonly description?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly type?: unknown
  readonly properties?: Readonly<Record<string, SuggestSchema>>
  readonly additionalProperties?: boolean | SuggestSchema
  readonly items?: SuggestSchema
  readonly oneOf?: readonly SuggestSchema[]
  readonly anyOf?: readonly SuggestSchema[]
  readonly allOf?: readonly SuggestSchema[]
  readonly definitions?: Readonly<Record<string, SuggestSchema>>
}

/** A key that may stand where the caret is, or a value of the key before it. */
export interface Suggestion {
  readonly kind: 'key' | 'value'
  readonly text: string
  readonly detail: string | undefined
}

interface Line {
  readonly indent: number
  readonly isItem: boolean
  readonly key: string | undefined
  readonly value: string
}

const keyLine = /^( *)((?:- +)*)([\w$-]+):(?: +(.*))?$/
const begunLine = /^( *)((?:- +)*)([\w$-]*)$/

/**
 * What may be written at the end of `lines`, a YAML document in block style up to the caret, according to its schema: keys that are not there
 * yet, or the values of a key that has only some. `below` are the lines after the caret's. Empty inside `{ … }` and where anything may stand.
 */
export function suggestKeys(
  schema: SuggestSchema,
  lines: readonly string[],
  below: readonly string[] = [],
): readonly Suggestion[] {
  const last = lines.at(-1) ?? ''
  const [, spaces, dashes, key, begun] = keyLine.exec(last) ?? []
  if (spaces !== undefined && dashes !== undefined && key !== undefined) {
    if (begun === undefined || !/^[\w$-]*$/.test(begun)) return []
    const place = placeOf(lines, below, spaces.length + dashes.length, dashes !== '')
    return place.schemas(schema).flatMap((one) => valuesOf(schema, one.properties?.[key]))
  }
  const [, indent, marks] = begunLine.exec(last) ?? []
  if (indent === undefined || marks === undefined) return []
  const place = placeOf(lines, below, indent.length + marks.length, marks !== '')
  const known = new Map<string, string | undefined>()
  for (const one of place.schemas(schema)) {
    for (const [name, property] of Object.entries(one.properties ?? {}))
      if (!place.siblings.has(name)) known.set(name, describe(schema, property) ?? known.get(name))
  }
  return [...known].map(([text, detail]) => ({ kind: 'key', text, detail }))
}

interface Place {
  /** The keys that stand beside, with their values. */
  readonly siblings: ReadonlyMap<string, string>
  readonly schemas: (root: SuggestSchema) => readonly SuggestSchema[]
}

/** Where a key at this indent stands: its siblings, and the schemas of the mapping that holds it. */
function placeOf(
  lines: readonly string[],
  below: readonly string[],
  indent: number,
  beginsItem: boolean,
): Place {
  const above = lines.slice(0, -1).map(readLine).toReversed()
  const siblings = new Map([
    ...(beginsItem ? [] : siblingsOf(above, indent, 'above')),
    ...siblingsOf(below.map(readLine), indent, 'below'),
  ])
  const path = pathTo(above, indent, beginsItem)
  return {
    siblings,
    schemas: (root) => {
      let found = branches(root, root)
      for (const step of path) found = found.flatMap((one) => inside(root, one, step))
      return fitting(root, found, siblings)
    },
  }
}

/** Keys beside, from the caret on, until something ends the mapping. */
function siblingsOf(
  lines: readonly (Line | undefined)[],
  indent: number,
  side: 'above' | 'below',
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const line of lines) {
    if (!line) continue
    if (line.indent < indent || (side === 'below' && line.isItem && line.indent === indent)) break
    if (line.indent === indent && line.key !== undefined) found.set(line.key, line.value)
    if (side === 'above' && line.isItem && line.indent === indent) break
  }
  return found
}

/** The keys on the way from the document's root, with `-` for an element of a list. `above`: from the caret upwards. */
function pathTo(above: readonly (Line | undefined)[], from: number, beginsItem: boolean): readonly string[] {
  const path: string[] = beginsItem ? ['-'] : []
  let indent = from
  let inItem = beginsItem
  for (const line of above) {
    if (!line) continue
    if (line.indent === indent && line.isItem && !inItem) {
      path.unshift('-')
      inItem = true
    } else if (line.indent < indent && line.key !== undefined) {
      path.unshift(line.key)
      indent = line.indent
      inItem = line.isItem
      if (line.isItem) path.unshift('-')
    }
  }
  return path
}

function readLine(text: string): Line | undefined {
  if (/^\s*(?:#.*)?$/.test(text)) return undefined
  const [, spaces = '', dashes = '', key, value = ''] = keyLine.exec(text.trimEnd()) ?? []
  if (key !== undefined) return { indent: spaces.length + dashes.length, isItem: dashes !== '', key, value }
  const [, other = '', marks = ''] = /^( *)((?:- +)*)/.exec(text) ?? []
  return { indent: other.length + marks.length, isItem: marks !== '', key: undefined, value: '' }
}

/** A schema with what it refers to, and each of its alternatives. */
function branches(root: SuggestSchema, schema: SuggestSchema | undefined): readonly SuggestSchema[] {
  if (!schema) return []
  const referred = /^#\/definitions\/(.+)$/.exec(schema.$ref ?? '')?.[1]
  const others = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])]
  return [
    schema,
    ...(referred === undefined ? [] : branches(root, root.definitions?.[referred])),
    ...others.flatMap((one) => branches(root, one)),
  ]
}

function inside(root: SuggestSchema, schema: SuggestSchema, step: string): readonly SuggestSchema[] {
  if (step === '-') return branches(root, schema.items)
  const { properties = {}, additionalProperties: others } = schema
  if (Object.hasOwn(properties, step)) return branches(root, properties[step])
  return typeof others === 'object' ? branches(root, others) : []
}

/** Without the alternatives that a key beside, such as `type: list`, rules out. */
function fitting(
  root: SuggestSchema,
  schemas: readonly SuggestSchema[],
  siblings: ReadonlyMap<string, string>,
): readonly SuggestSchema[] {
  return schemas.filter(({ properties = {} }) =>
    [...siblings].every(([key, value]) => {
      if (!Object.hasOwn(properties, key) || value === '') return true
      const allowed = valuesOf(root, properties[key])
      return allowed.length === 0 || allowed.some(({ text }) => text === value)
    }),
  )
}

function valuesOf(root: SuggestSchema, schema: SuggestSchema | undefined): readonly Suggestion[] {
  return branches(root, schema).flatMap((one) => {
    const values = one.const === undefined ? (one.enum ?? []) : [one.const]
    const all = one.type === 'boolean' ? [true, false] : values
    return all.map((value) => ({ kind: 'value' as const, text: String(value), detail: one.description }))
  })
}

function describe(root: SuggestSchema, schema: SuggestSchema): string | undefined {
  return branches(root, schema).find(({ description }) => description !== undefined)?.description
}
