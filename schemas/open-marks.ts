/** Quotes and brackets that a text opens and does not close, by their offsets. */
export interface OpenMarks {
  /** The first quote that its own line does not close. */
  readonly quote: number | undefined
  /** The brace or bracket that was opened last. */
  readonly bracket: number | undefined
}

/** Looks through the first characters of a YAML text, line by line: a quote hardly ever means to go on in the next one. */
export function findOpenMarks(text: string, until: number): OpenMarks {
  const brackets: number[] = []
  let quote: number | undefined
  let at = 0
  while (at < until) {
    const end = endOfLine(text, at)
    quote ??= readLine(text, at, Math.min(end, until), brackets)
    at = end + 1
  }
  return { quote, bracket: brackets.at(-1) }
}

/** Where the line ends that an offset is in. */
export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/** Answers the quote that a line leaves open, and keeps account of its brackets. */
function readLine(text: string, from: number, to: number, brackets: number[]): number | undefined {
  let isStart = true
  for (let at = from; at < to; at += 1) {
    const mark = text.charAt(at)
    if (isStart && (mark === '"' || mark === "'")) {
      const closing = closingQuote(text, at, to)
      if (closing === undefined) return at
      at = closing
    } else if (isStart && (mark === '{' || mark === '[')) brackets.push(at)
    else if (mark === '}' || mark === ']') brackets.pop()
    else if (mark === '#' && /^\s?$/.test(text.charAt(at - 1))) return undefined
    isStart = (isStart && /[\s\-?]/.test(mark)) || /[:,{[]/.test(mark)
  }
  return undefined
}

function closingQuote(text: string, from: number, to: number): number | undefined {
  const quote = text.charAt(from)
  for (let at = from + 1; at < to; at += 1) {
    if (quote === '"' && text.charAt(at) === '\\') at += 1
    else if (text.charAt(at) === quote) {
      if (quote === '"' || text.charAt(at + 1) !== quote) return at
      at += 1
    }
  }
  return undefined
}
