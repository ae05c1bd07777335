/**
 * The steps of a dotted path, as manifests write it: `pages.next` has two, the empty path none. A dot that belongs to a key's own
 * name stands behind a backslash (`@odata\.nextLink` is one step), and so does a backslash.
 */
export function splitPath(path: string): readonly string[] {
  if (path === '') return []
  if (!path.includes('\\')) return path.split('.')
  return [...path.matchAll(/(?:^|\.)((?:\\.|[^.\\])*)/g)].map(([, step = '']) =>
    step.replaceAll(/\\(.)/g, '$1'),
  )
}
