/**
 * Text that every database can hold: none takes U+0000, and half a surrogate pair is no character. Each becomes U+FFFD, so that nothing
 * disappears unseen.
 */
export function storableText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return whole.includes('\0') ? whole.replaceAll('\0', '\uFFFD') : whole
}
