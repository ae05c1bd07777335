import {
  isAlias,
  isCollection,
  isPair,
  isScalar,
  parseDocument,
  visit,
  type Node,
  type YAMLError,
} from 'yaml'

/** The most a manifest may be, in bytes. */
export const maxManifestBytes = 256 * 1024
/** The deepest a manifest or a record schema may nest. */
export const maxDepth = 30

/** A YAML text as JSON, or why it is refused: a sentence with the line. */
export type YamlAnswer =
  | { readonly value: unknown }
  | { readonly refused: readonly string[]; /** What to do about the first. */ readonly fix?: string }

/**
 * Reads YAML 1.2, core schema, as data only: no aliases or merge keys (they make small files huge), no tags (they make
 * values into something else), no repeated keys (the last one would win in silence), bounded in size and depth.
 */
export function readYaml(text: string): YamlAnswer {
  if (Buffer.byteLength(text) > maxManifestBytes)
    return { refused: [`It is larger than ${maxManifestBytes} bytes.`] }
  if (isTooDeep(text)) return { refused: [tooDeep] }
  try {
    return readDocument(text)
  } catch (error) {
    if (error instanceof RangeError) return { refused: [tooDeep] }
    throw error
  }
}

const tooDeep = `It nests deeper than ${maxDepth} levels.`

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
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length
  const errors = [...document.errors, ...document.warnings]
  // One fault of the form makes the parser see others behind it.
  const [first] = errors
  if (first) {
    const refused = [`Line ${lineOf(first.pos[0])}: ${firstLine(first.message)}`]
    return { refused, fix: whatToDo(first, text) }
  }
  const refused: string[] = []
  visit(document, (_, node, path) => {
    if (refused.length >= 20) return visit.BREAK
    if (isPair(node)) return undefined
    const depth = path.filter((one) => isCollection(one)).length
    const sentence = depth > maxDepth ? tooDeep : explainNode(node)
    if (sentence !== undefined) refused.push(`Line ${lineOf(startOf(node))}: ${sentence}`)
    return sentence === tooDeep ? visit.BREAK : undefined
  })
  return refused.length > 0 ? { refused } : { value: document.toJS({ maxAliasCount: 0 }) }
}

/** What is probably wrong where the parser stopped. */
function whatToDo({ code, pos }: YAMLError, text: string): string {
  const line = text.slice(text.lastIndexOf('\n', pos[0] - 1) + 1).split('\n')[0] ?? ''
  if (/^\s*\t/.test(line)) return 'Indent with blanks, not with tabs.'
  if (/[{[]/.test(line) && code === 'BAD_INDENT')
    return 'Close the bracket or brace that is open there, or before it.'
  switch (code) {
    case 'BAD_SCALAR_START':
      return 'Put the value in quotes.'
    case 'MISSING_CHAR':
      return 'Close the quote, bracket or brace that is open there, or before it.'
    case 'BAD_INDENT':
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'Give the keys of one object the same indentation, put a blank behind each colon, and quotes around a value that holds a colon.'
    case 'UNEXPECTED_TOKEN':
      return 'Put a value that holds brackets, braces or commas in quotes.'
    default:
      return 'Write it as plain data.'
  }
}

/** Why a node is refused, if it is. */
function explainNode(node: unknown): string | undefined {
  if (isAlias(node)) return 'Aliases (*name) are not read; write the value out.'
  if (!isCollection(node) && !isScalar(node)) return undefined
  if (node.anchor !== undefined) return 'Anchors (&name) are not read; write the value out.'
  if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
    return 'Tags (!name) are not read.'
  if (!isCollection(node)) return undefined
  const keys = new Set<unknown>()
  for (const item of node.items) {
    if (!isPair(item)) continue
    const key = isScalar(item.key) ? item.key.value : item.key
    if (typeof key !== 'string') return 'A key must be text; put it in quotes.'
    if (key === '<<') return 'Merge keys (<<) are not read; write the keys out.'
    if (keys.has(key)) return `The key “${key}” stands here twice.`
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

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '.')
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
