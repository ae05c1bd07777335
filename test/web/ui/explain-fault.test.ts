import { explainFault, type FormControl } from '@penstock/web/ui/explain-fault.ts'
import { expect, test } from 'vitest'

const nothing: FormControl = { id: 'a', type: 'text', value: '', required: true, dataset: {} }

test.each<readonly [string, Partial<FormControl>, RegExp]>([
  ['a needed field without anything', {}, /Fill this in/],
  ['a needed field with blanks alone', { value: '  ' }, /Fill this in/],
  ['a field that may be empty', { required: false, type: 'url', minLength: 16 }, /^nothing$/],
  ['a list in which nothing is chosen', { type: 'select-one' }, /Choose one/],
  ['an address without its end', { type: 'email', value: 'ada@example' }, /e-mail address/],
  ['an e-mail address', { type: 'email', value: 'ada@example.com' }, /^nothing$/],
  ['a host alone', { type: 'url', value: 'api.example.com' }, /begins with https/],
  ['an address that nobody fetches', { type: 'url', value: 'file:///etc/passwd' }, /begins with https/],
  ['an address of the web', { type: 'url', value: 'http://127.0.0.1:4010/v2' }, /^nothing$/],
  ['a password too short', { type: 'password', value: 'eleven char', minLength: 12 }, /at least 12/],
  [
    'a password with a blank at its end',
    { type: 'password', value: 'eleven char ', minLength: 12 },
    /^nothing$/,
  ],
  ['a name that is written otherwise', { value: 'Customer', pattern: '[a-z]+' }, /as it has to be/],
  ['a name as it has to be', { value: 'customer', pattern: '[a-z]+' }, /^nothing$/],
  ['a field with a sentence of its own', { dataset: { wrong: 'Say who you are.' } }, /Say who you are/],
])('of %s the form says what is wrong, or nothing', (_, control, said) => {
  expect(explainFault({ ...nothing, ...control }) ?? 'nothing').toMatch(said)
})
