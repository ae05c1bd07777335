import { expect, test } from 'vitest'
import { settingsText } from '@penstock/web/strings/settings.ts'

test('a test alert that fails is said not to have been delivered, and why where that is known', () => {
  const { testFailed } = settingsText.alerts
  expect(testFailed('127.0.0.1:9 answered 401.')).toBe(
    'The test was not delivered. 127.0.0.1:9 answered 401.',
  )
  expect(testFailed(null)).toBe('The test was not delivered.')
})
