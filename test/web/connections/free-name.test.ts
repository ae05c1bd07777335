import { freeName } from '@penstock/web/connections/free-name.ts'
import { expect, test } from 'vitest'

test('a second connection of a kind is offered a name that is free, whatever the case of those that are taken', () => {
  expect(freeName('Intercom account', [])).toBe('Intercom account')
  expect(freeName('Intercom account', ['intercom account', 'Intercom account 3'])).toBe('Intercom account 2')
  expect(freeName('Intercom account', ['Intercom account', 'Intercom account 2'])).toBe('Intercom account 3')
})
