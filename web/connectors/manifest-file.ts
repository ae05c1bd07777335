/** The one file that every connector has. */
export const manifestFile = 'manifest.yaml'

/** What a manifest is named, as far as one can tell without reading it as a whole. */
export function nameIn(manifest: string): string | undefined {
  return /^name:[ \t]*(["']?)([a-z][a-z0-9_]*)\1[ \t]*(?:#.*)?$/m.exec(manifest)?.[2]
}

/** A manifest under another name. */
export function renamed(manifest: string, name: string): string {
  return manifest.replace(/^name:.*$/m, `name: ${name}`)
}
