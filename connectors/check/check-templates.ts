import type { Manifest } from '@penstock/schemas/generated/manifest.ts'
import type { ConnectorProblem } from '../manifest-problems.ts'
import type { Connector } from '../read-connector.ts'
import { findField } from './find-field.ts'
import { listOtherTemplates, listRequests, type TemplatePlace } from './list-places.ts'
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
  if (typeof template !== 'object' || template === null) return
  const keys = Object.keys(template)
  const special = keys.filter((key) => key.startsWith('$'))
  if (special.length > 0) yield* checkReference(template, keys, steps, place, manifest)
  for (const [key, value] of Object.entries(template)) {
    yield* checkTemplate(value, [...steps, key], place, manifest)
  }
}

function* checkReference(
  template: object,
  keys: readonly string[],
  steps: Steps,
  place: TemplatePlace,
  manifest: Manifest,
): Generator<ConnectorProblem> {
  const allowed = keys.includes('$from') ? ['$from', '$else'] : ['$when', '$value', '$else']
  const strange = keys.filter((key) => !allowed.includes(key))
  const fits = keys.includes('$from') || (keys.includes('$when') && keys.length > 1)
  if (strange.length > 0 || !fits) {
    const message = `A reference cannot be written with ${keys.join(', ')}.`
    yield problemAt(
      steps,
      message,
      'Write { $from: name } or { $when: name, $value: … }; either may have $else.',
    )
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
  } else if (root === 'settings' && manifest.settings?.[path]?.secret) {
    const fix = 'Name it under authentication; only there may a secret go into a request.'
    yield problemAt(steps, `The setting “${path}” is secret and cannot be sent from here.`, fix)
  } else {
    yield problemAt(
      steps,
      `“${name}” is not known here${reason(root, name)}.`,
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
  } else if (path === '' || findField(schema, path) === undefined) {
    const fields = Object.keys(schema.properties)
    const message = `The ${root}’s record schema has nothing at “${path}”.`
    yield problemAt(steps, message, suggestName(path, fields))
  }
}

/** Why a name of this kind is not known, where that is worth saying. */
function reason(root: string, name: string): string {
  if (root === 'window') return ': only an object with a checkpoint has windows'
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
