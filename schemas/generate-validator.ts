import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { ownKeywords } from './compile-schema.ts'

/**
 * The source of `schema` as a function that only answers whether a value is valid: it needs no compiler when the program starts, and
 * compiling was a quarter of the start. `name` is the function's, such as acceptsPipeline.
 */
export function generateValidator(schema: object, name: string, banner: string): string {
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    validateSchema: false,
    messages: false,
    code: { source: true, esm: true, lines: true },
  })
  for (const keyword of ownKeywords) ajv.addKeyword(keyword)
  ajv.addSchema(schema, name)
  const code = standalone
    .default(ajv, { [name]: name })
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', 'countCharacters')
    .replace(/^"use strict";\n?/, '')
  if (code.includes('require(')) throw new Error(`The validator of ${name} needs more than is given here.`)
  return `// @ts-nocheck\n${banner}\n${countCharacters}${code}`
}

/** A length in a JSON Schema counts characters, not the halves of surrogate pairs; Ajv's own function for it could only be required. */
const countCharacters = `function countCharacters(text) {
  let count = 0
  for (const _ of text) count++
  return count
}
`
