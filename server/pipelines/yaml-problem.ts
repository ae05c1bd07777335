import type { YamlRefusal } from '@penstock/connectors/read-yaml.ts'

/** Why a text is no YAML, as a problem of the document that it should have been: of the whole, since it has no places yet. */
export function yamlProblem(refusal: YamlRefusal): {
  readonly pointer: string
  readonly message: string
  readonly fix: string
} {
  return { pointer: '', message: whyNot(refusal), fix: refusal.fix }
}

/** Why a text is no YAML, after where that is. */
export function whyNot({ line, column, why }: YamlRefusal): string {
  if (line === undefined) return why
  return `Line ${line}${column === undefined ? '' : `, column ${column}`}: ${why}`
}
