import { followReference, type SchemaNode } from './compile-schema.ts'
import { nearestWord } from './nearest-word.ts'
import type { SchemaProblem } from './schema-problem.ts'

/** The branch of a choice that was meant, or why none can be told. */
export type ChosenBranch = { readonly branch: SchemaNode } | { readonly problem: SchemaProblem }

/** Finds the branch of a oneOf that the author of `value` meant: by its constant type, else by JSON type and keys. */
export function chooseBranch(
  value: unknown,
  branches: unknown,
  root: SchemaNode,
  pointer: string,
): ChosenBranch {
  const nodes = Array.isArray(branches) ? branches.filter(isSchemaNode) : []
  const fitting = nodes.filter((node) => acceptsType(followReference(node, root), value))
  if (fitting.length === 0) return { problem: explainType(nodes, root, value, pointer) }
  if (!isRecord(value)) return { branch: fitting[0] ?? {} }
  const typed = fitting.filter((node) => typeOf(followReference(node, root)) !== undefined)
  if (typed.length > 1) return chooseByType(value, typed, root, pointer)
  return { branch: bestByKeys(value, fitting, root) }
}

/** The value's JSON type, as this project's sentences name it. */
export function nameJsonType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'string' ? 'text' : `a ${typeof value}`
}

/** How a JSON Schema type is called in a sentence. */
export function nameSchemaType(type: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    integer: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    object: 'an object',
    array: 'a list',
  }
  return names[type] ?? type
}

function chooseByType(
  value: Readonly<Record<string, unknown>>,
  typed: readonly SchemaNode[],
  root: SchemaNode,
  pointer: string,
): ChosenBranch {
  const named = typed.find((node) => typeOf(followReference(node, root)) === value['type'])
  if (named) return { branch: named }
  const known = typed.map((node) => typeOf(followReference(node, root)) ?? '')
  if (value['type'] === undefined) {
    return {
      problem: { pointer, message: '“type” is missing.', fix: `Add type: one of ${known.join(', ')}.` },
    }
  }
  const said = typeof value['type'] === 'string' ? value['type'] : nameJsonType(value['type'])
  const near = typeThatHas(said, typed, root) ?? nearestWord(said, known)
  const fix = `${near ? `Did you mean ${near}? ` : ''}The types are ${known.join(', ')}.`
  return { problem: { pointer: `${pointer}/type`, message: `There is no type “${said}” here.`, fix } }
}

/** The one type that has a key of this name, or a key with this choice: who writes type: header means api_key, in: header. */
function typeThatHas(word: string, typed: readonly SchemaNode[], root: SchemaNode): string | undefined {
  const having = typed.flatMap((node) => {
    const { properties = {} } = followReference(node, root)
    const chosen = Object.entries(properties).find(([, property]) => property?.enum?.includes(word))
    const type = typeOf(followReference(node, root))
    if (chosen) return [`${type}, with ${chosen[0]}: ${word}`]
    return type !== undefined && Object.hasOwn(properties, word) ? [type] : []
  })
  return having.length === 1 ? having[0] : undefined
}

function bestByKeys(
  value: Readonly<Record<string, unknown>>,
  nodes: readonly SchemaNode[],
  root: SchemaNode,
): SchemaNode {
  const score = (node: SchemaNode): number => {
    const { properties = {}, required = [] } = followReference(node, root)
    const known = Object.keys(value).filter((key) => Object.hasOwn(properties, key)).length
    return known * 2 + required.filter((key) => Object.hasOwn(value, key)).length
  }
  return nodes.reduce((best, node) => (score(node) > score(best) ? node : best))
}

function explainType(
  nodes: readonly SchemaNode[],
  root: SchemaNode,
  value: unknown,
  pointer: string,
): SchemaProblem {
  const types = [...new Set(nodes.flatMap((node) => typesOf(followReference(node, root))))].map(
    nameSchemaType,
  )
  const forms = nodes.flatMap((node) => formOf(followReference(node, root)))
  const such = forms.length > 0 && !types.includes('text') ? `, such as ${forms.join(' or ')}` : ''
  const message = value === null ? 'There is nothing here.' : `This is ${nameJsonType(value)}.`
  return { pointer, message, fix: `Write ${types.join(' or ')}${such}.` }
}

/** What an object of this kind has at the least. */
function formOf(node: SchemaNode): readonly string[] {
  const { required = [] } = node
  if (required.length === 0) return []
  return [
    `{ ${required.map((key) => `${key}: ${key === 'type' ? (typeOf(node) ?? '…') : '…'}`).join(', ')} }`,
  ]
}

function acceptsType(node: SchemaNode, value: unknown): boolean {
  const types = typesOf(node)
  if (types.length === 0) return true
  const actual = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return types.some((type) => type === actual || (type === 'integer' && actual === 'number'))
}

function typesOf(node: SchemaNode): readonly string[] {
  if (node.type === undefined) return node.enum?.every((one) => typeof one === 'string') ? ['string'] : []
  return typeof node.type === 'string' ? [node.type] : node.type
}

function typeOf(node: SchemaNode): string | undefined {
  const type = node.properties?.['type']?.const
  return typeof type === 'string' ? type : undefined
}

function isSchemaNode(value: unknown): value is SchemaNode {
  return isRecord(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
