/** The text of a file in UTF-8, without the mark that some editors begin it with; undefined for anything else: no letter is guessed. */
export function decodeText(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
