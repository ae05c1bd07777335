import { newlyHashed } from '@penstock/web/editor/document/newly-hashed.ts'
import { expect, test } from 'vitest'

test('rows keep plain values of what is hashed from now on, and only of that', () => {
  const live = {
    name: 'Live',
    objects: {
      contacts: {},
      companies: { fields: { custom_attributes: 'hash' as const } },
      tickets: {},
    },
  }
  const next = {
    name: 'Next',
    objects: {
      contacts: { fields: { email: 'hash' as const } },
      companies: {
        fields: { custom_attributes: 'hash' as const, 'custom_attributes.plan': 'hash' as const },
      },
      tickets: { fields: { ticket_attributes: 'exclude' as const } },
      admins: { fields: { email: 'hash' as const } },
    },
  }
  expect(newlyHashed(live, next)).toEqual(['contacts'])
  expect(newlyHashed(undefined, next)).toEqual([])
})
