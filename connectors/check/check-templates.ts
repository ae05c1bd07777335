import type { Manifest } from '@penstock/schemas/generated/manifest.ts'
import { nearestWord } from '@penstock/schemas/nearest-word.ts'
import type { ConnectorProblem } from '../manifest-problems.ts'
import type { Connector } from '../read-connector.ts'
import { findField } from './find-field.ts'
import { listOtherTemplates, listRequests, type TemplatePlace } from './list-places.ts'
import { ownMember } from '../own-member.ts'
import { problemAt, suggestName, type Steps } from './problem-at.ts'

/** Every reference of every template must be to something that is known where it stands. */
export function* checkTemplates(connector: Connector): Generator<ConnectorProblem> {
  for (const place of [...listRequests(connector), ...listOtherTemplates(connector)]) {
    for (const [key, template] of Object.entries(place.templates)) {
      yield* checkTemplate(template, [...place.steps, key], place, connector.manifest)
    }
  }
}

/** The names a template refers to, by $from or $when, wherever they stand in it. */
export function* namesIn(template: unknown): Generator<string> {
  if (Array.isArray(template)) {
    for (const item of template) yield* namesIn(item)
  } else if (typeof template === 'object' && template !== null) {
    for (const [key, value] of Object.entries(template)) {
      if ((key === '$from' || key === '$when') && typeof value === 'string') yield value
      else yield* namesIn(value)
    }
  }
}

function* checkTemplate(
  template: unknown,
  steps: Steps,
  place: TemplatePlace,
  manifest: Manifest,
): Generator<ConnectorProblem> {
  if (Array.isArray(template)) {
    for (const [index, item] of template.entries())
      yield* checkTemplate(item, [...steps, index], place, manifest)
    return
  }
  if (typeof template === 'string') yield* checkLiteral(template, steps, place)
  if (typeof template !== 'object' || template === null) return
  const keys = Object.keys(template)
  if (keys.join() === 'from' && place.names.includes(String(Reflect.get(template, 'from')))) {
    yield problemAt(
      steps,
      'A reference begins with a dollar.',
      `Write { $from: ${String(Reflect.get(template, 'from'))} }.`,
    )
    return
  }
  if (keys.some((key) => isWord(key, steps, place))) {
    yield* checkReference(template, keys, steps, place, manifest)
  }
  for (const [key, value] of Object.entries(template)) {
    yield* checkTemplate(value, [...steps, key], place, manifest)
  }
}

/** Other languages put names between braces into texts; here they would be sent as they stand. */
function* checkLiteral(text: unknown, steps: Steps, place: TemplatePlace): Generator<ConnectorProblem> {
  if (typeof text !== 'string' || String(steps.at(-1)).startsWith('$')) return
  const braced = /\{\s*((?:window|page|partition|parent|record|settings|account|run)\.[\w.]+)\s*\}/.exec(
    text,
  )?.[1]
  const name = braced ?? (place.names.includes(text) ? text : undefined)
  if (name === undefined) return
  const fix = `Write { $from: ${name} }; between other text, { $text: ['before ', { $from: ${name} }] }.`
  yield problemAt(steps, `This would be sent as it stands, and not what ${name} is.`, fix)
}

/** The words of a reference. Other names with a dollar are the API's own, as $filter is OData's. */
const words = ['$from', '$when', '$value', '$else', '$text']

/** Whether a key is a word of a reference, or was probably meant to be one. A parameter's own name is only ever taken as it is. */
function isWord(key: string, steps: Steps, place: TemplatePlace): boolean {
  if (words.includes(key)) return true
  const isParameter = steps.length === place.steps.length + 1 && steps.at(-1) !== 'body'
  return key.startsWith('$') && !isParameter && nearestWord(key, words) !== undefined
}

function* checkReference(
  template: object,
  keys: readonly string[],
  steps: Steps,
  place: TemplatePlace,
  manifest: Manifest,
): Generator<ConnectorProblem> {
  const kind = ['$from', '$text'].find((one) => keys.includes(one)) ?? '$when'
  const allowed = kind === '$when' ? ['$when', '$value', '$else'] : [kind, '$else']
  const strange = keys.filter((key) => !allowed.includes(key))
  const fits = keys.includes(kind) && (kind !== '$when' || keys.length > 1)
  if (strange.length > 0 || !fits) {
    const message = `A reference cannot be written with ${keys.join(', ')}.`
    const near = strange.map((key) => nearestWord(key, words)).find((word) => word !== undefined)
    const meant = near === undefined ? '' : `Did you mean ${near}? `
    const fix = `${meant}Write { $from: name }, { $when: name, $value: … } or { $text: [pieces] }; each may have $else.`
    yield problemAt(steps, message, fix)
    return
  }
  if (kind === '$text') {
    yield* checkText(Reflect.get(template, kind), [...steps, kind])
    return
  }
  const key = keys.includes('$from') ? '$from' : '$when'
  const name: unknown = Reflect.get(template, key)
  if (typeof name === 'string') yield* checkName(name, [...steps, key], place, manifest)
  else
    yield problemAt(
      [...steps, key],
      'The name referred to must be text.',
      'Write a name such as page.cursor.',
    )
}

/** What a text may be made of: what the manifest's author wrote, and values that no API and no record decides. */
const textRoots = ['window', 'page', 'partition', 'settings', 'run']

function* checkText(pieces: unknown, steps: Steps): Generator<ConnectorProblem> {
  const fix = 'Write a list of texts and of { $from: name }.'
  if (!Array.isArray(pieces) || pieces.length === 0) {
    yield problemAt(steps, 'A text is made of a list of pieces.', fix)
    return
  }
  for (const [index, piece] of pieces.entries()) {
    const name: unknown =
      typeof piece === 'object' && piece !== null ? Reflect.get(piece, '$from') : undefined
    if (typeof piece === 'string' || typeof piece === 'number') continue
    if (typeof name !== 'string') yield problemAt([...steps, index], 'This is no piece of a text.', fix)
    else if (!textRoots.includes(name.split('.')[0] ?? '') || name === 'page.cursor') {
      const message = `“${name}” cannot be part of a text: the API decides what it is, and could change the question.`
      const names = 'window.*, page.number, page.offset, page.size, partition.*, settings.* and run.startedAt'
      yield problemAt([...steps, index], message, `Send it as a value of its own. In a text stand ${names}.`)
    }
  }
}

function* checkName(
  name: string,
  steps: Steps,
  place: TemplatePlace,
  manifest: Manifest,
): Generator<ConnectorProblem> {
  if (place.names.includes(name)) return
  const [root = '', ...rest] = name.split('.')
  const path = rest.join('.')
  if (root === 'parent' || root === 'record') {
    yield* checkPath(name, path, steps, root === 'parent' ? place.parent : place.record)
  } else if (root === 'settings' && ownMember(manifest.settings, path)?.secret) {
    const fix = 'Name it under authentication; only there may a secret go into a request.'
    yield problemAt(steps, `The setting “${path}” is secret and cannot be sent from here.`, fix)
  } else {
    yield problemAt(
      steps,
      `“${name}” is not known here${reason(root, name, place)}.`,
      suggestName(name, allNames(place)),
    )
  }
}

function* checkPath(
  name: string,
  path: string,
  steps: Steps,
  schema: TemplatePlace['parent'],
): Generator<ConnectorProblem> {
  const root = name.split('.')[0] ?? ''
  if (!schema) {
    const where = root === 'parent' ? 'in children and in the rest of a derived object' : 'in fill'
    yield problemAt(
      steps,
      `“${name}” is not known here: there is no ${root}.`,
      `Use ${root}.<path> only ${where}.`,
    )
  } else if (schema !== 'unread' && (path === '' || findField(schema, path) === undefined)) {
    const fields = Object.keys(schema.properties)
    const message = `The ${root}’s record schema has nothing at “${path}”.`
    yield problemAt(steps, message, suggestName(path, fields))
  }
}

/** Why a name of this kind is not known, where that is worth saying. */
function reason(root: string, name: string, { steps, names }: TemplatePlace): string {
  if (root === 'window' && names.includes('window.after')) return ': there are window.after and window.before'
  if (root === 'window')
    return steps[0] === 'objects' && steps.at(-1) === 'read'
      ? ': a window is no part of a record'
      : ': only an object with a checkpoint has windows'
  if (root === 'partition') return ': it is not in every partition of this list'
  if (name === 'page.size') return ': the pagination gives no size'
  if (root === 'page') return ': this pagination does not make it known'
  if (root === 'settings') return ': there is no such setting'
  return root === 'account' ? ': check.account does not read it' : ''
}

function allNames(place: TemplatePlace): readonly string[] {
  return [
    ...place.names,
    ...(place.parent ? ['parent.<path>'] : []),
    ...(place.record ? ['record.<path>'] : []),
  ]
}
