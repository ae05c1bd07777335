import { isDeepStrictEqual } from 'node:util'
import type { Change } from './diff-documents.ts'
import { pointerTo } from './problem.ts'

type Dictionary = Readonly<Record<string, unknown>>

/** What is different between the objects that two documents choose: which, from when on, and how their fields are protected. */
export function diffObjects(before: unknown, after: unknown): readonly Change[] {
  const [old, young] = [dictionary(before), dictionary(after)]
  const names = [...new Set([...Object.keys(old), ...Object.keys(young)])]
  const too = Object.keys(old).length === 0 ? '' : ', too'
  return names.flatMap((name) => {
    const [was, is] = [own(old, name), own(young, name)]
    if (is === undefined) return [change([name], `${name} is no longer read`, was ?? {}, null)]
    const inside = diffChoice(name, dictionary(was), dictionary(is))
    return was === undefined ? [change([name], `${name} is read${too}`, null, is ?? {}), ...inside] : inside
  })
}

function diffChoice(object: string, was: Dictionary, is: Dictionary): readonly Change[] {
  const changes: Change[] = []
  if (!isDeepStrictEqual(was['startAt'], is['startAt']))
    changes.push(
      change(
        [object, 'startAt'],
        `${object}: ${startWords(was['startAt'], is['startAt'])}`,
        was['startAt'],
        is['startAt'],
      ),
    )
  const [old, young] = [dictionary(was['fields']), dictionary(is['fields'])]
  for (const path of new Set([...Object.keys(old), ...Object.keys(young)])) {
    const [before, after] = [own(old, path), own(young, path)]
    if (isDeepStrictEqual(before, after)) continue
    const sentence = `${object}: ${path} ${protectionWords(before, after)}`
    changes.push(change([object, 'fields', path], sentence, before, after))
  }
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    if (key === 'startAt' || key === 'fields' || isDeepStrictEqual(was[key], is[key])) continue
    changes.push(change([object, key], `${object}: ${key} is changed`, was[key], is[key]))
  }
  return changes
}

function startWords(was: unknown, is: unknown): string {
  const instead = was === undefined ? '' : ` instead of ${said(was)}`
  return is === undefined
    ? `records are picked up from the beginning${instead}`
    : `records are picked up from ${said(is)} on${instead}`
}

function said(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function protectionWords(was: unknown, is: unknown): string {
  switch (is) {
    case 'hash':
      return 'is now hashed'
    case 'exclude':
      return 'is now left out'
    case 'replicate':
      return was === undefined ? 'is confirmed to be replicated as it is' : 'is now replicated as it is'
    case undefined:
      return was === 'replicate' ? 'is no longer confirmed to be replicated' : 'is now replicated as it is'
    default:
      return `is now ${JSON.stringify(is)}`
  }
}

function change(path: readonly string[], sentence: string, before: unknown, after: unknown): Change {
  return { pointer: pointerTo('objects', ...path), sentence, before: before ?? null, after: after ?? null }
}

function own(values: Dictionary, key: string): unknown {
  return Object.hasOwn(values, key) ? values[key] : undefined
}

function dictionary(value: unknown): Dictionary {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
}
