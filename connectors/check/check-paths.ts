import type { ConnectorProblem } from '../manifest-problems.ts'
import type { Connector } from '../read-connector.ts'
import { problemAt, type Steps } from './problem-at.ts'

/** Keys whose values are paths, and those that hold paths by names of one's own. */
const pathKeys = /^(?:at|each|field|\w+At)$/
const pathMaps = /^(?:account|errorAt|keys)$/
/** What is the API's and not the language's: nothing in it is a path. */
const opaque = /^(?:request|fill|settings|notes|scopes|source|headers|tokenFields|authorizeFields)$/

/** Paths in another notation: JSONPath and JSON pointers find nothing, and an answer would seem to have no records. */
export function* checkPaths({ manifest }: Connector): Generator<ConnectorProblem> {
  yield* visit(manifest, [])
}

function* visit(value: unknown, steps: Steps): Generator<ConnectorProblem> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (opaque.test(key) && !(key === 'request' && steps[0] === 'objects' && steps.length === 1)) continue
    const at = [...steps, key]
    const isPath =
      pathKeys.test(key) || (typeof steps.at(-1) === 'string' && pathMaps.test(String(steps.at(-1))))
    const isList = Array.isArray(inner) && inner.every((one) => typeof one === 'string')
    if (isPath && typeof inner === 'string') yield* checkPath(inner, at)
    else if (isPath && isList)
      for (const [index, one] of inner.entries()) yield* checkPath(one, [...at, index])
    else yield* visit(inner, at)
  }
}

function* checkPath(path: string, steps: Steps): Generator<ConnectorProblem> {
  const inHeader = path.startsWith('$header.') && steps.includes('pagination')
  if (inHeader || !/^\$|^\/|\[(?:\d+|\*|'|")|^\.|\.$|[^\\]\.\./.test(path)) return
  if (path.startsWith('$header.')) {
    const fix = 'Name a path in the body.'
    yield problemAt(steps, 'Only the paths of a pagination may be headers.', fix)
    return
  }
  const fix = `Write keys with dots between them, such as ${dotted(path) || 'data.items'}.`
  yield problemAt(steps, 'This is not written as a path.', fix)
}

/** What was probably meant: the same keys with dots between them. */
function dotted(path: string): string {
  return path
    .replace(/^\$\.?/, '')
    .replaceAll(/\[\*\]/g, '')
    .replaceAll(/\[['"]?([^\]'"]*)['"]?\]/g, '.$1')
    .replaceAll('/', '.')
    .replaceAll(/\.{2,}/g, '.')
    .replaceAll(/^\.|\.$/g, '')
}
