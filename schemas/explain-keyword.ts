import type { ErrorObject } from 'ajv'
import { nameJsonType, nameSchemaType } from './choose-branch.ts'
import { followReference, type SchemaNode } from './compile-schema.ts'
import { nearestWord } from './nearest-word.ts'
import type { SchemaProblem } from './schema-problem.ts'

/** What the patterns of our schemas ask for, in words. */
const patternWords: Readonly<Record<string, string>> = {
  '^[a-z][a-z0-9_]*$': 'Use small letters, digits and _, and begin with a letter.',
  '^[a-zA-Z][a-zA-Z0-9]*$': 'Use letters and digits, and begin with a letter.',
  '^[A-Za-z_][A-Za-z0-9_]*$': 'Use letters, digits and _, and do not begin with a digit.',
  '^https?://[^/?#@]+(/[^?#]*)?$': 'Write a base URL such as https://api.example.com/v1, without a query.',
  '^/(?![/\\\\])': 'Begin the path with one /, below the API host.',
  '^/(?![/\\\\])[^?#]*$': 'Begin the path with one /, and write no query.',
  '^(https?://[^/]|/(?![/\\\\]))':
    'Write a path that begins with one /, or a whole URL that begins with https://.',
  '^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*(:[0-9]+)?$': 'Write the name of a host, such as example.com.',
  '^[1-9][0-9]{0,4}[mhd]$': 'Write a number and m, h or d, such as 15m, 6h or 1d.',
  '^[a-z0-9_./-]+\\.schema\\.json$': 'Name a file beside the manifest, such as records/contact.schema.json.',
}

/** Words of JSON Schema that a record schema has no use for: what can come is said by types. */
const notRead: ReadonlySet<string> = new Set([
  '$ref',
  'oneOf',
  'anyOf',
  'allOf',
  'not',
  'definitions',
  '$defs',
])

/** One error of the validator as a problem for people; none where another error of the same place says it better. */
export function explainKeyword(error: ErrorObject, at: string, root: SchemaNode): readonly SchemaProblem[] {
  const pointer = at + error.instancePath
  if (error.propertyName !== undefined) return []
  switch (error.keyword) {
    case 'required':
      return [explainMissing(error, pointer, root)]
    case 'additionalProperties':
      return [explainUnknownKey(error, pointer)]
    case 'propertyNames':
      return [explainName(error, pointer)]
    default:
      return [{ pointer, ...explainValue(error) }]
  }
}

/** A key as a JSON pointer's step. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

function explainMissing(error: ErrorObject, pointer: string, root: SchemaNode): SchemaProblem {
  const key = String(error.params['missingProperty'])
  const node = parentOf(error).properties?.[key] ?? {}
  const choices = node.enum && `${node.enum.join(' or ')}.`
  const meaning = node.description ?? followReference(node, root).description ?? choices
  const typo = nearestWord(key, unknownKeys(error))
  const fix = typo ? `Rename ${typo} to ${key}.` : `Add ${key}${meaning ? `: ${meaning}` : '.'}`
  return { pointer, message: `“${key}” is missing.`, fix }
}

function explainUnknownKey(error: ErrorObject, pointer: string): SchemaProblem {
  const key = String(error.params['additionalProperty'])
  const known = Object.keys(parentOf(error).properties ?? {})
  const near = nearestWord(key, known)
  const fix = notRead.has(key)
    ? 'Write the field out, with its type: a record schema does not choose or refer.'
    : near
      ? `Did you mean ${near}?`
      : `Remove it. What can stand here: ${known.join(', ')}.`
  return { pointer: `${pointer}/${escapePointer(key)}`, message: `Nothing here is called “${key}”.`, fix }
}

function explainName(error: ErrorObject, pointer: string): SchemaProblem {
  const name = String(error.params['propertyName'])
  const pattern = isNode(error.schema) ? String(Reflect.get(error.schema, 'pattern')) : ''
  const fix = patternWords[pattern] ?? `Use a name that matches ${pattern}.`
  return { pointer: `${pointer}/${escapePointer(name)}`, message: `“${name}” cannot be a name here.`, fix }
}

function explainValue(error: ErrorObject): Omit<SchemaProblem, 'pointer'> {
  const params: Readonly<Record<string, unknown>> = error.params
  switch (error.keyword) {
    case 'type':
      return explainType(error.data, params['type'])
    case 'enum':
      return explainEnum(error.data, params['allowedValues'])
    case 'const':
      return {
        message: 'This value is not the one that must stand here.',
        fix: `Write ${show(params['allowedValue'])}.`,
      }
    case 'pattern': {
      const pattern = String(params['pattern'])
      const fix = patternWords[pattern] ?? `Write something that matches ${pattern}.`
      // The value is not quoted: what was pasted here by mistake may be a secret.
      return { message: 'This is not written as it must be.', fix }
    }
    default:
      return explainLimit(error.keyword, params['limit'], error)
  }
}

/** What was written is quoted only where it can be no secret. */
function explainType(value: unknown, types: unknown): Omit<SchemaProblem, 'pointer'> {
  const wanted = listTypes(types)
  const plain = typeof value === 'number' || (typeof value === 'string' && /^[a-z_]{1,30}$/.test(value))
  const unquoted = typeof value === 'string' && /^(?:a whole number|a number|true or false)$/.test(wanted)
  const example = wanted === 'a list' && plain ? `: [${value}]` : unquoted ? ', without quotes' : ''
  const message = value === null ? 'There is nothing here.' : `This is ${nameJsonType(value)}.`
  return { message, fix: `Write ${wanted}${example}.` }
}

function explainEnum(value: unknown, allowed: unknown): Omit<SchemaProblem, 'pointer'> {
  const choices = Array.isArray(allowed) ? allowed.map(String) : []
  const near = typeof value === 'string' ? nearestWord(value, choices) : undefined
  const fix = `${near ? `Did you mean ${near}? ` : ''}The choices are ${choices.join(', ')}.`
  return { message: `${show(value)} is not one of the choices.`, fix }
}

function explainLimit(keyword: string, limit: unknown, error: ErrorObject): Omit<SchemaProblem, 'pointer'> {
  const sentences: Readonly<Record<string, Omit<SchemaProblem, 'pointer'>>> = {
    minLength: { message: 'This is too short.', fix: `Write at least ${String(limit)} character(s).` },
    maxLength: { message: 'This is too long.', fix: `Write at most ${String(limit)} characters.` },
    minItems: { message: 'This list is too short.', fix: `Give at least ${String(limit)}.` },
    minProperties: { message: 'There is nothing in here.', fix: `Name at least ${String(limit)}.` },
    minimum: { message: `${show(error.data)} is too small.`, fix: `Write ${String(limit)} or more.` },
    exclusiveMinimum: {
      message: `${show(error.data)} is too small.`,
      fix: `Write more than ${String(limit)}.`,
    },
    maximum: { message: `${show(error.data)} is too big.`, fix: `Write ${String(limit)} or less.` },
  }
  return (
    sentences[keyword] ?? { message: `This ${error.message ?? 'is not valid'}.`, fix: 'Correct the value.' }
  )
}

function unknownKeys(error: ErrorObject): readonly string[] {
  const known = parentOf(error).properties ?? {}
  return isNode(error.data) ? Object.keys(error.data).filter((key) => !Object.hasOwn(known, key)) : []
}

function listTypes(types: unknown): string {
  const list = Array.isArray(types) ? types.map(String) : [String(types)]
  return list.map(nameSchemaType).join(' or ')
}

/** A value in a sentence, cut short. */
function show(value: unknown): string {
  if (typeof value !== 'string') return (JSON.stringify(value) ?? 'Nothing').slice(0, 60)
  return `“${value.length > 60 ? `${value.slice(0, 60)}…` : value}”`
}

function parentOf(error: ErrorObject): SchemaNode {
  return isNode(error.parentSchema) ? error.parentSchema : {}
}

function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
