import type { JsonObject } from '../json-text.ts'
import { isDigits } from '../json-text.ts'

/** Stands in a record's text where the API puts the signature of an attachment's URL. */
const signaturePlace = '@signature@'

/** The text of a list of attachments with one file in it. */
export function attachmentText(id: number): string {
  return `[{"type":"upload","name":"screenshot ${id}.png","url":"https://attachments.example.com/i/o/${id}/screenshot.png?${signaturePlace}","content_type":"image/png","filesize":${1000 + (id % 90_000)},"width":640,"height":480}]`
}

/** A text with its attachment URLs signed: another signature on every fetch, good for half an hour. */
export function signAttachments(text: string, now: number, fetchNumber: number): string {
  if (!text.includes(signaturePlace)) return text
  const signature = (fetchNumber * 2_654_435_761).toString(16)
  return text.replaceAll(signaturePlace, `expires=${now + 1800}&signature=${signature}`)
}

/** A copy of a record without any member named `attachments`, at any depth but inside custom attributes. */
export function withoutAttachments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAttachments)
  if (typeof value !== 'object' || value === null || isDigits(value)) return value
  const copy: JsonObject = {}
  for (const [key, member] of Object.entries(value)) {
    if (key === 'attachments') continue
    copy[key] = key === 'custom_attributes' ? member : withoutAttachments(member)
  }
  return copy
}
