import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import type { ObjectChoice, Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { nearestWord } from '@penstock/schemas/nearest-word.ts'
import { parseStartAt } from './parse-start-at.ts'
import { pointerTo } from './problem.ts'
import type { Problem } from './problem.ts'
import { validateParents } from './validate-parents.ts'
import { validateProtection } from './validate-protection.ts'

/** Whether each object exists, may have the start date it is given, and may be protected as it is. */
export function validateObjects(objects: Pipeline['objects'], connector: Connector): readonly Problem[] {
  const problems: Problem[] = []
  for (const [name, choice] of Object.entries(objects)) {
    const manifest = objectNamed(connector, name)
    if (manifest === undefined) {
      problems.push(unknownObject(name, connector))
      continue
    }
    problems.push(...validateStartAt(name, choice, manifest))
    problems.push(...validateProtection(name, choice?.fields ?? {}, connector))
  }
  return [...problems, ...validateParents(objects, connector)]
}

/** An object of the connector, by its name; undefined for any other word, `constructor` included. */
export function objectNamed({ manifest }: Connector, name: string): ObjectManifest | undefined {
  return Object.hasOwn(manifest.objects, name) ? manifest.objects[name] : undefined
}

function unknownObject(name: string, { manifest }: Connector): Problem {
  const known = Object.keys(manifest.objects)
  const near = nearestWord(name, known)
  return {
    pointer: pointerTo('objects', name),
    message: `${manifest.title} has no object named ${name}.`,
    fix: near ? `Did you mean ${near}?` : `Choose from: ${known.join(', ')}.`,
  }
}

function validateStartAt(name: string, choice: ObjectChoice, manifest: ObjectManifest): readonly Problem[] {
  const startAt = choice?.startAt
  if (startAt === undefined) return []
  const pointer = pointerTo('objects', name, 'startAt')
  if (!manifest.startDate) return [{ pointer, ...noStartDate(name, manifest) }]
  if (parseStartAt(startAt) !== undefined) return []
  return [
    {
      pointer,
      message: `"${startAt}" is not a date.`,
      fix: 'Write a date such as 2026-01-01 (midnight UTC), or a date-time with its offset such as 2026-01-01T08:00:00Z.',
    },
  ]
}

function noStartDate(name: string, { mode, read }: ObjectManifest): Omit<Problem, 'pointer'> {
  if (read.type !== 'list')
    return {
      message: `${name} has no start date of its own: it takes that of ${read.parent}.`,
      fix: `Remove startAt here, and set it on ${read.parent} if that has one.`,
    }
  if (mode === 'full_refresh')
    return {
      message: `${name} has no start date: it is read as a whole each time.`,
      fix: 'Remove startAt.',
    }
  return { message: `${name} has no start date: its API offers none.`, fix: 'Remove startAt.' }
}
