import { dropOneKey } from '@penstock/schemas/explain-yaml.ts'
import { maxDepth, readYaml, type YamlAnswer } from './read-yaml.ts'

/**
 * Reads JSON under the same rules as YAML: bounded depth, no key twice. JSON that breaks one, or is no JSON at all, is
 * read once more as YAML, which can say where.
 */
export function readJson(text: string): YamlAnswer {
  const value = parse(text)
  const keys = value === undefined ? undefined : countKeys(value, 1)
  if (keys !== undefined && keys === countWritten(text)) return { value }
  const answer = readYaml(text)
  if (!('refused' in answer)) return { refused: [{ why: 'It is not JSON.', fix }] }
  return { refused: answer.refused.map((one) => (one.fix === dropOneKey ? one : { ...one, fix })) }
}

const fix =
  'Correct the JSON: names and texts in double quotes, each name once, and commas between members but not behind the last.'

/**
 * How many keys are written in a JSON text: there a string before a colon is always a key. Fewer in the value: one stood there twice and was
 * lost. Only for what is JSON: in a text whose quotes are not closed, each of them would be looked for to the end.
 */
function countWritten(text: string): number {
  const strings = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?<colon>\s*:)?/g)]
  return strings.filter(({ groups }) => groups?.['colon'] !== undefined).length
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
