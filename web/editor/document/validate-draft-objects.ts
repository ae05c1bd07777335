import { findObject, scopeState } from './catalogue.ts'
import type { Catalogue, CatalogueObject, SavedConnection, Surroundings } from './catalogue.ts'
import type { DraftDocument, ObjectChoice } from './draft-document.ts'
import { pointerTo } from './json-pointer.ts'
import { missing, problem, warning } from './new-problem.ts'
import type { EditorProblem } from './problem.ts'
import { rememberChoice } from './remember-choice.ts'
import { openFields } from './summarise-step.ts'
import { problemStrings as words } from '../../strings/editor-problem.ts'

/** At least one object, each known to the connector, permitted, and protected only where it can be. */
export function validateDraftObjects(
  { source, objects }: DraftDocument,
  { catalogue, connections }: Surroundings,
): readonly EditorProblem[] {
  if (!source) return []
  const names = Object.keys(objects)
  if (names.length === 0) return [missing('/objects', words.noObjects)]
  if (!catalogue || catalogue.connector !== source.connector) return []
  const connection = connections?.find(({ id }) => id === source.connection)
  return names.flatMap((name) => {
    const known = findObject(catalogue, name)
    if (!known) return [problem(pointerTo('objects', name), words.unknownObject(name, catalogue.title))]
    return validateObject(known, objects, connection)
  })
}

function validateObject(
  object: CatalogueObject,
  objects: DraftDocument['objects'],
  connection: SavedConnection | undefined,
): readonly EditorProblem[] {
  const choice = objects[object.name] ?? null
  return [
    ...validateScope(object, connection),
    ...validateParent(object, objects),
    ...validateChoice(object, choice),
  ]
}

const validateChoice = rememberChoice((object, choice): readonly EditorProblem[] => [
  ...validateStart(object, choice),
  ...validateKeys(object, choice),
  ...validateOpenFields(object, choice),
])

function validateScope(
  object: CatalogueObject,
  connection: SavedConnection | undefined,
): readonly EditorProblem[] {
  if (scopeState(object, connection) !== 'missing') return []
  return [
    warning(
      pointerTo('objects', object.name),
      words.missingScope(object.title, object.scopeTitle ?? object.scope ?? ''),
      {
        label: words.removeObject(object.title),
        command: { type: 'removeObjects', objects: [object.name] },
      },
    ),
  ]
}

/** A derived object is read out of its parent's records, so what it needs there must not be left out. */
function validateParent(
  object: CatalogueObject,
  objects: DraftDocument['objects'],
): readonly EditorProblem[] {
  const { name, parent, parentFields = [] } = object
  const choice = parent === undefined ? undefined : objects[parent]
  if (!choice?.fields || parent === undefined) return []
  const excluded = Object.entries(choice.fields).flatMap(([path, protection]) =>
    protection === 'exclude' ? [path] : [],
  )
  const conflict = excluded.find((path) =>
    parentFields.some((needed) => needed === path || needed.startsWith(`${path}.`)),
  )
  if (conflict === undefined) return []
  return [
    {
      ...problem(pointerTo('objects', name), words.parentExcluded(name, parent, conflict)),
      remedy: {
        label: words.replicate(`${parent}.${conflict}`),
        command: { type: 'setProtection', fields: { [parent]: [conflict] }, protection: 'replicate' },
      },
    },
  ]
}

function validateStart(object: CatalogueObject, choice: ObjectChoice): readonly EditorProblem[] {
  const startAt = choice?.startAt
  if (startAt === undefined) return []
  const pointer = pointerTo('objects', object.name, 'startAt')
  if (!object.startDate)
    return [
      {
        ...problem(pointer, words.noStartDate(object.title, object.noStartDate)),
        remedy: {
          label: words.removeStart,
          command: { type: 'setStartAt', object: object.name },
        },
      },
    ]
  return isDay(startAt) ? [] : [problem(pointer, words.badDate(startAt))]
}

function validateKeys(object: CatalogueObject, choice: ObjectChoice): readonly EditorProblem[] {
  const chosen = choice?.fields
  if (!chosen) return []
  return object.fields.flatMap(({ path, keyReason }) => {
    const protection = chosen[path]
    if (keyReason === undefined || protection === undefined || protection === 'replicate') return []
    return [
      {
        ...problem(pointerTo('objects', object.name, 'fields', path), words.protectedKey(path, keyReason)),
        remedy: {
          label: words.replicate(path),
          command: { type: 'setProtection', fields: { [object.name]: [path] }, protection: 'replicate' },
        } as const,
      },
    ]
  })
}

function validateOpenFields(object: CatalogueObject, choice: ObjectChoice): readonly EditorProblem[] {
  const open = openFields(object.fields, choice?.fields ?? {})
  if (open.length === 0) return []
  const paths = open.map(({ path }) => path)
  return [
    warning(pointerTo('objects', object.name, 'fields'), words.openFields(object.title, paths), {
      label: words.hashThem(paths.length),
      command: { type: 'setProtection', fields: { [object.name]: paths }, protection: 'hash' },
    }),
  ]
}

/** The fields that "Hash all sensitive fields" hashes: of every chosen object, all that land as they are. */
export function allOpenFields(
  { objects }: DraftDocument,
  catalogue: Catalogue | undefined,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(objects).flatMap(([name, choice]) => {
      const chosen = choice?.fields ?? {}
      const open = openFields(findObject(catalogue, name)?.fields ?? [], chosen)
      const paths = new Set(open.map(({ path }) => path))
      const outermost = open.filter(({ path }) => !isInside(path, paths))
      return outermost.length > 0 ? [[name, outermost.map(({ path }) => path)]] : []
    }),
  )
}

/** Hashing a column hashes all inside it. */
function isInside(path: string, columns: ReadonlySet<string>): boolean {
  const dot = path.lastIndexOf('.')
  if (dot <= 0) return false
  const around = path.slice(0, dot)
  return columns.has(around) || isInside(around, columns)
}

const day = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/** A date (midnight UTC), or a date-time with its offset; days that no calendar has are none. */
export function isDay(text: string): boolean {
  const date = day.exec(text)?.[1]
  if (date === undefined || Number.isNaN(Date.parse(text))) return false
  const ms = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date)
}
