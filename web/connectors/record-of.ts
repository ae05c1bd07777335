/** The record schema's file that a manifest names for an object; undefined where it names none, or cannot be read. */
export async function recordOf(manifest: string, object: string): Promise<string | undefined> {
  const { parseDocument } = await import('yaml')
  const file = parseDocument(manifest).getIn(['objects', object, 'record'])
  return typeof file === 'string' ? file : undefined
}
