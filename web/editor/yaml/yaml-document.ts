import { documentParts } from '@penstock/schemas/document-parts.ts'
import { explainYaml } from '@penstock/schemas/explain-yaml.ts'
import { isMap, isScalar, isSeq, LineCounter, parseDocument, stringify } from 'yaml'
import type { Document, Pair } from 'yaml'
import type { DraftDocument } from '../document/draft-document.ts'
import { pointerParts } from '../document/json-pointer.ts'
import { readDraft } from '../document/read-draft.ts'
import { screenStrings as words } from '../../strings/editor-screen.ts'

/** A fault of the text, by its place in it: character offsets, and the line from 1. */
export interface TextProblem {
  readonly from: number
  readonly to: number
  readonly line: number
  readonly message: string
  readonly severity: 'error' | 'warning'
}

/** A pipeline's text as a document, or what is wrong with it. */
export type ReadYaml = { readonly document: DraftDocument } | { readonly problems: readonly TextProblem[] }

const order: readonly string[] = documentParts

/** A document as people read it: its parts in the order they are explained in, long lines left alone. */
export function writeYaml(document: object): string {
  const entries = Object.entries<unknown>({ ...document }).filter(([, value]) => value !== undefined)
  const sorted = entries.toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  return stringify(Object.fromEntries(sorted), { lineWidth: 0 })
}

/** Reads plain YAML: no anchors, aliases, tags or repeated keys, as everywhere in the product. */
export function readYaml(text: string): ReadYaml {
  const { parsed, lines } = parse(text)
  // One fault of the form makes the parser see others behind it.
  const [fault] = [...parsed.errors, ...parsed.warnings]
  if (fault) {
    const { at, why, fix } = explainYaml(fault, text)
    const place = { from: at, to: Math.max(fault.pos[1], at + 1), line: lines.linePos(at).line }
    return { problems: [{ ...place, message: `${why} ${fix}`, severity: 'error' }] }
  }
  let value: unknown
  try {
    value = parsed.toJS({ maxAliasCount: 0 })
  } catch {
    return { problems: [wholeText(text, words.yamlAliases)] }
  }
  const read = readDraft(value)
  if ('document' in read) return read
  return {
    problems: read.problems.map(({ pointer, message, fix }) => ({
      ...placeOf(parsed, lines, pointer),
      message: `${message} ${fix}`,
      severity: 'error',
    })),
  }
}

/** Where a JSON pointer stands in a text; for what is missing, where its parent is. */
export function placeInYaml(
  text: string,
  pointers: readonly string[],
): readonly Omit<TextProblem, 'message' | 'severity'>[] {
  const { parsed, lines } = parse(text)
  return pointers.map((pointer) => placeOf(parsed, lines, pointer))
}

interface Parsed {
  readonly parsed: Document.Parsed
  readonly lines: LineCounter
}

function parse(text: string): Parsed {
  const lines = new LineCounter()
  return { parsed: parseDocument(text, { lineCounter: lines, uniqueKeys: true, merge: false }), lines }
}

function placeOf(
  parsed: Document.Parsed,
  lines: LineCounter,
  pointer: string,
): Omit<TextProblem, 'message' | 'severity'> {
  let node: unknown = parsed.contents
  let range: readonly [number, number] = [0, 1]
  for (const part of pointerParts(pointer)) {
    if (isSeq(node)) {
      node = node.items[Number(part)]
      range = rangeOf(node) ?? range
      continue
    }
    const pair: Pair | undefined = isMap(node) ? node.items.find(({ key }) => keyOf(key) === part) : undefined
    if (!pair) break
    range = rangeOf(pair.key) ?? range
    node = pair.value
  }
  const [from, to] = range
  return { from, to: Math.max(to, from + 1), line: lines.linePos(from).line }
}

function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : ''
}

function rangeOf(node: unknown): readonly [number, number] | undefined {
  const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : undefined
  return range ? [range[0], range[1]] : undefined
}

function wholeText(text: string, message: string): TextProblem {
  return { from: 0, to: text.length, line: 1, message, severity: 'error' }
}
