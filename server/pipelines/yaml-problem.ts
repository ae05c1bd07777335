import type { YamlRefusal } from '@penstock/connectors/read-yaml.ts'

/** Why a text is no YAML, as a problem of the document that it should have been: of the whole, since it has no places yet. */
export function yamlProblem({ line, why, fix }: YamlRefusal): {
  readonly pointer: string
  readonly message: string
  readonly fix: string
} {
  return { pointer: '', message: line === undefined ? why : `Line ${line}: ${why}`, fix }
}
