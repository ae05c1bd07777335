import type { SensitiveKind } from '@penstock/schemas/generated/record.ts'
import { isRawNumber, type Json } from './read-path.ts'

/** What stands for the part of a value that is not shown. */
const dots = '•••'
const longest = 60

/**
 * A sensitive value as a hint of its shape: `a•••@…`, `+•••42`, `M•••`. It never holds the value: of a short one, or of a number, nothing
 * is left at all.
 */
export function maskValue(kind: SensitiveKind, value: Json): string {
  if (typeof value !== 'string') return dots
  switch (kind) {
    case 'email':
      return value.includes('@') ? `${firstOf(value.slice(0, value.indexOf('@')))}${dots}@…` : dots
    case 'phone':
      return maskPhone(value)
    case 'url':
      return /^https?:\/\//i.test(value) ? `${value.slice(0, value.indexOf('/'))}//…` : dots
    case 'ip':
      return dots
    case 'person_name':
    case 'external_id':
    case 'address':
    case 'free_text':
      return `${firstOf(value)}${dots}`
  }
}

/** A value that is nobody's, short enough for a cell. */
export function showPlain(value: Json): string {
  const text = isRawNumber(value) ? value.rawJSON : String(value)
  const letters = Array.from(text.slice(0, longest * 2))
  return letters.length > longest ? `${letters.slice(0, longest).join('')}…` : text
}

/** Enough of a token to tell it from others. */
export function showToken(token: string): string {
  return token === '' ? '' : `${token.slice(0, token.indexOf(':') + 9)}…`
}

/** The first letter of something that has at least three; else nothing. */
function firstOf(text: string): string {
  const letters = Array.from(text.trim())
  return letters.length < 3 ? '' : (letters[0] ?? '')
}

function maskPhone(value: string): string {
  const digits = value.replaceAll(/\D/g, '')
  const end = digits.length < 7 ? '' : digits.slice(-2)
  return `${value.trim().startsWith('+') ? '+' : ''}${dots}${end}`
}
