import { dropOneKey, explainYaml, plainData } from '@penstock/schemas/explain-yaml.ts'
import { isAlias, isCollection, isPair, isScalar, parseDocument, visit, type Node } from 'yaml'

/** The most a manifest may be, in bytes. */
export const maxManifestBytes = 256 * 1024
/** The deepest a manifest or a record schema may nest. */
export const maxDepth = 30

/** Why a text is refused: a sentence, and what to do. */
export interface YamlRefusal {
  /** The line, from 1; absent where it is the text as a whole. */
  readonly line?: number
  /** The place in the line, from 1; where there is a line. */
  readonly column?: number
  readonly why: string
  readonly fix: string
}

/** A YAML text as JSON, or why it is refused. */
export type YamlAnswer = { readonly value: unknown } | { readonly refused: readonly YamlRefusal[] }

/**
 * Reads YAML 1.2, core schema, as data only: no aliases or merge keys (they make small files huge), no tags (they make
 * values into something else), no repeated keys (the last one would win in silence), bounded in size and depth.
 */
export function readYaml(text: string, maxBytes = maxManifestBytes): YamlAnswer {
  if (Buffer.byteLength(text) > maxBytes)
    return { refused: [{ why: `It is larger than ${maxBytes} bytes.`, fix: 'Make it smaller.' }] }
  if (isTooDeep(text)) return { refused: [tooDeep] }
  try {
    return readDocument(text)
  } catch (error) {
    if (error instanceof RangeError) return { refused: [tooDeep] }
    throw error
  }
}

const tooDeep: YamlRefusal = { why: `It nests deeper than ${maxDepth} levels.`, fix: plainData }

function readDocument(text: string): YamlAnswer {
  // uniqueKeys would compare each key with all others; repeated keys are found below, in one pass.
  const options = {
    schema: 'core',
    version: '1.2',
    merge: false,
    uniqueKeys: false,
    resolveKnownTags: false,
    // A text may have a fault at each of its characters, and only the first is told.
    prettyErrors: false,
    logLevel: 'error',
  } as const
  const document = parseDocument(text, options)
  const placeOf = (offset: number): { readonly line: number; readonly column: number } => {
    const before = text.slice(0, offset).split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
  }
  const errors = [...document.errors, ...document.warnings]
  // One fault of the form makes the parser see others behind it.
  const [first] = errors
  if (first) {
    const { at, why, fix } = explainYaml(first, text)
    return { refused: [{ ...placeOf(at), why, fix }] }
  }
  const refused: YamlRefusal[] = []
  visit(document, (_, node, path) => {
    if (refused.length >= 20) return visit.BREAK
    if (isPair(node)) return undefined
    const depth = path.filter((one) => isCollection(one)).length
    const why = depth > maxDepth ? { ...tooDeep, at: node } : explainNode(node)
    if (why) refused.push({ ...placeOf(startOf(why.at)), why: why.why, fix: why.fix })
    return depth > maxDepth ? visit.BREAK : undefined
  })
  return refused.length > 0 ? { refused } : { value: document.toJS({ maxAliasCount: 0 }) }
}

/** Why a node is refused, if it is, and at which node that is. */
function explainNode(node: unknown): (YamlRefusal & { readonly at: unknown }) | undefined {
  const because = (why: string, fix = plainData, at = node) => ({ why, fix, at })
  if (isAlias(node)) return because('Aliases (*name) are not read; write the value out.')
  if (!isCollection(node) && !isScalar(node)) return undefined
  if (node.anchor !== undefined) return because('Anchors (&name) are not read; write the value out.')
  if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
    return because('Tags (!name) are not read.')
  if (!isCollection(node)) return undefined
  const keys = new Set<unknown>()
  for (const item of node.items) {
    if (!isPair(item)) continue
    const key = isScalar(item.key) ? item.key.value : item.key
    if (typeof key !== 'string')
      return because('A key must be text; put it in quotes.', 'Put the key in quotes.', item.key)
    if (key === '<<') return because('Merge keys (<<) are not read; write the keys out.', plainData, item.key)
    if (keys.has(key)) return because(`The key “${key}” stands here twice.`, dropOneKey, item.key)
    keys.add(key)
  }
  return undefined
}

function startOf(node: unknown): number {
  const range = isNodeWithRange(node) ? node.range : undefined
  return range?.[0] ?? 0
}

function isNodeWithRange(node: unknown): node is Node {
  return typeof node === 'object' && node !== null && 'range' in node
}

/** Looks for deep nesting before anything recursive sees the text: brackets, or dashes and keys in one line. */
function isTooDeep(text: string): boolean {
  let open = 0
  for (const line of text.split('\n')) {
    for (const mark of line) {
      if (mark === '[' || mark === '{') open += 1
      else if (mark === ']' || mark === '}') open = Math.max(0, open - 1)
      if (open > maxDepth * 4) return true
    }
    if (/^\s*(?:[-?:]\s+){64}/.test(line)) return true
  }
  return false
}
