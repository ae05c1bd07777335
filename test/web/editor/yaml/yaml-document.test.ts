import { placeInYaml, readYaml, writeYaml } from '@penstock/web/editor/yaml/yaml-document.ts'
import { expect, test } from 'vitest'
import { soundDocument } from '../support-catalogue.ts'

test('a document written as YAML reads back as itself', () => {
  expect(readYaml(writeYaml(soundDocument))).toEqual({ document: soundDocument })
})

test('its parts stand in the order in which they are explained', () => {
  const shuffled = Object.fromEntries(Object.entries(soundDocument).toReversed())
  const text = writeYaml({ name: '', objects: {}, ...shuffled })
  expect(text.match(/^\w+/gm)).toEqual(['name', 'source', 'objects', 'schedule', 'destination'])
})

test('faults of form are said with their line; anchors, tags and repeated keys are faults', () => {
  for (const [text, line] of [
    ['name: a\nobjects: [', 2],
    ['name: a\nname: b\nobjects: {}', 2],
    ['name: a\nobjects: {}\nschemaChanges: sometimes', 3],
    ['name: a\nobjects:\n  contacts:\n    fields:\n      email: mask', 5],
    ['name: a\nobjects: {}\nspeed: 3', 3],
    ['name: &a x\nobjects: { x: { startAt: *a } }', 1],
  ] as const) {
    const read = readYaml(text)
    const found = 'problems' in read ? read.problems[0]?.line : undefined
    expect({ text, line: found }).toEqual({ text, line })
  }
})

test('what the parser finds is said as an import says it: once, where it was made, with what to do', () => {
  const text = 'name: "Shop\nobjects:\n  contacts: {}\n'
  const read = readYaml(text)
  const problems = 'problems' in read ? read.problems : []
  expect(problems).toMatchObject([
    { line: 1, message: expect.stringMatching(/^This quote .* Put another "/) },
  ])
  expect(text.slice(problems[0]!.from)).toMatch(/^"Shop/)
})

test('a problem of a value is shown where it stands, of a missing one at its parent', () => {
  const text = writeYaml(soundDocument)
  const [own, missing] = placeInYaml(text, ['/objects/contacts/fields/email', '/source/region'])
  expect(text.slice(own!.from, own!.to)).toBe('email')
  expect(text.slice(missing!.from, missing!.to)).toBe('source')
})
