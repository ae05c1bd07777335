import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { readYaml } from './read-yaml.ts'

/**
 * Answers the line, from 1, at which a JSON pointer stands in a YAML or JSON text: that of its key, or, for what is missing, of what it should
 * be in. Undefined for a text that cannot be read, and for the text as a whole.
 */
export function lineFinder(text: string): (pointer: string) => number | undefined {
  // What is refused (aliases, depth) is not looked at a second time.
  if ('refused' in readYaml(text)) return () => undefined
  const lines = new LineCounter()
  const { contents } = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'error' })
  return (pointer) => {
    let node: unknown = contents
    let at: number | undefined
    for (const step of pointer.split('/').slice(1)) {
      const next = stepInto(node, step.replaceAll('~1', '/').replaceAll('~0', '~'))
      if (!next) break
      at = next.at ?? at
      node = next.node
    }
    if (at !== undefined) return lines.linePos(at).line
    return pointer === '' ? undefined : 1
  }
}

function stepInto(node: unknown, step: string): { readonly node: unknown; readonly at?: number } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(step)]
    return item === undefined ? undefined : { node: item, at: startOf(item) }
  }
  const pair = isMap(node)
    ? node.items.find(({ key }) => isScalar(key) && String(key.value) === step)
    : undefined
  return isPair(pair) ? { node: pair.value, at: startOf(pair.key) } : undefined
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined
}
