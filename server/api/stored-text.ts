import { z } from 'zod'

/** What PostgreSQL keeps as text: anything but U+0000 and halves of characters. */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed()
}

/** A text from a person, without blanks around it, at most so long, that can be kept. */
export function storedText(most: number) {
  return z.string().trim().max(most).refine(isStorable, 'It holds a character that cannot be kept.')
}
