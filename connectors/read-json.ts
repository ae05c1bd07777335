import { maxDepth, readYaml, type YamlAnswer } from './read-yaml.ts'

/**
 * Reads JSON under the same rules as YAML: bounded depth, no key twice. JSON that breaks one, or is no JSON at all, is
 * read once more as YAML, which can say where.
 */
export function readJson(text: string): YamlAnswer {
  const value = parse(text)
  const keys = value === undefined ? undefined : countKeys(value, 1)
  // In JSON a string before a colon is always a key. Fewer keys than that: one stood there twice and was lost.
  const strings = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?<colon>\s*:)?/g)]
  const written = strings.filter(({ groups }) => groups?.['colon'] !== undefined).length
  if (keys === written) return { value }
  const answer = readYaml(text)
  return 'refused' in answer ? answer : { refused: ['It is not JSON.'] }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The number of keys in a value; undefined where it nests too deep. */
function countKeys(value: unknown, depth: number): number | undefined {
  if (typeof value !== 'object' || value === null) return 0
  if (depth > maxDepth) return undefined
  let keys = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const inner of Object.values(value)) {
    const more = countKeys(inner, depth + 1)
    if (more === undefined) return undefined
    keys += more
  }
  return keys
}
