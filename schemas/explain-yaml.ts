import { endOfLine, findOpenMarks } from './open-marks.ts'

/** A fault as the parser tells it. */
export interface YamlFault {
  readonly code: string
  readonly message: string
  readonly pos: readonly [number, number]
}

/** The same for people: where it was made, which need not be where the parser stopped, what it is, and what to do. */
export interface ExplainedFault {
  readonly at: number
  readonly why: string
  readonly fix: string
}

/** A fault with the line it is in. */
interface Place extends YamlFault {
  readonly text: string
  readonly at: number
  readonly lineStart: number
  readonly line: string
}

/** What to do about a key that stands twice. */
export const dropOneKey = 'Remove one of the two, or rename it.'
/** What to do about what is more than data: tags, anchors, merged keys. */
export const plainData = 'Write it as plain data.'
const oneIndentation = 'Give the keys of one object the same indentation.'
const inQuotes = 'Put the value in quotes.'

/** Says a fault of a YAML text in plain words. The commonest are known; of the others the parser's own words are given. */
export function explainYaml(fault: YamlFault, text: string): ExplainedFault {
  const at = Math.min(fault.pos[0], text.length)
  const lineStart = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
  const place = { ...fault, text, at, lineStart, line: text.slice(lineStart, endOfLine(text, at)) }
  return ofTheLine(place) ?? ofAQuote(place) ?? byCode(place) ?? { at, why: ownWords(fault), fix: plainData }
}

function ofTheLine({ line, lineStart }: Place): ExplainedFault | undefined {
  const tab = /^[ ]*\t/.exec(line)
  if (tab)
    return {
      at: lineStart + tab[0].length - 1,
      why: 'This line is indented with a tab.',
      fix: 'Indent with blanks, not with tabs.',
    }
  if (line.startsWith('```'))
    return { at: lineStart, why: 'This line is no YAML.', fix: 'Remove the lines that begin with ```.' }
  return undefined
}

function ofAQuote(place: Place): ExplainedFault | undefined {
  const { code, message, text, lineStart, line } = place
  const mayBeOpen =
    /closing ["']quote/.test(message) || /at node end/.test(message) || code === 'MULTILINE_IMPLICIT_KEY'
  const { quote } = mayBeOpen ? findOpenMarks(text, lineStart + line.length) : {}
  if (quote !== undefined)
    return {
      at: quote,
      why: 'This quote is not closed in its line.',
      fix: `Put another ${text.charAt(quote)} behind the value.`,
    }
  const isBehindQuote = /at node end/.test(message) && /["']\s*$/.test(text.slice(lineStart, place.at))
  if (!isBehindQuote) return undefined
  return {
    at: place.at,
    why: 'Something stands behind the quote that ends the value.',
    fix: String.raw`A quote inside of quotes is written \" between double ones, and '' between single ones.`,
  }
}

function byCode(place: Place): ExplainedFault | undefined {
  const { code, message, at, text } = place
  switch (code) {
    case 'BAD_INDENT':
      return /^Flow|^Block scalar/.test(message) ? ofABracket(place) : ofAColumn(place)
    case 'BLOCK_AS_IMPLICIT_KEY':
      return ofAColon(place)
    case 'MULTILINE_IMPLICIT_KEY':
      return ofAKey(place)
    case 'MISSING_CHAR':
      return ofWhatIsMissing(place)
    case 'UNEXPECTED_TOKEN':
      return ofWhatIsTooMuch(place)
    case 'BAD_SCALAR_START':
    case 'BAD_ALIAS':
      return { at, why: `A value cannot begin with ${text.charAt(at)}.`, fix: inQuotes }
    case 'BAD_DQ_ESCAPE':
      return {
        at,
        why: `“${text.slice(at, at + 2)}” stands for nothing between double quotes.`,
        fix: String.raw`Write \\ for a backslash, or put the value in single quotes.`,
      }
    case 'DUPLICATE_KEY':
      return { at, why: `The key “${keyAt(place)}” stands here twice.`, fix: dropOneKey }
    case 'TAG_RESOLVE_FAILED':
      return { at, why: 'Tags (!name) are not read.', fix: plainData }
    case 'MULTIPLE_DOCS':
      return {
        at,
        why: 'Another document begins here.',
        fix: 'Keep one document, and remove the line ---.',
      }
    default:
      return undefined
  }
}

function ofAColumn({ at, text, lineStart }: Place): ExplainedFault {
  const first = lineStart + text.slice(lineStart).search(/\S|$/)
  return {
    at: Math.max(at, first),
    why: 'This line does not begin in the same column as those it belongs to.',
    fix: oneIndentation,
  }
}

function ofABracket({ at, text, message }: Place): ExplainedFault | undefined {
  const { bracket } = findOpenMarks(text, at)
  if (bracket === undefined || message.startsWith('Block')) return undefined
  const [open, closing] = text.charAt(bracket) === '{' ? ['{', '}'] : ['[', ']']
  if (text.charAt(at) === closing)
    return { at, why: `This ${closing} is indented too little.`, fix: 'Indent it further than its key.' }
  return {
    at: bracket,
    why: `This ${open} is never closed.`,
    fix: `Put a ${closing} behind what belongs in it.`,
  }
}

/** A colon where a value is: in it, or in a line below that is indented further. */
function ofAColon({ at, text, line, lineStart }: Place): ExplainedFault {
  if (/:(\s|$)/.test(line.slice(at - lineStart)))
    return { at, why: 'This value has a colon in it, so it reads as another key.', fix: inQuotes }
  const below = /\n[^\S\n]*\S/.exec(text.slice(at))
  return {
    at: below ? at + below.index + below[0].length - 1 : at,
    why: 'This line is indented further than the one above, which has its value already.',
    fix: oneIndentation,
  }
}

function ofAKey({ at, line, lineStart }: Place): ExplainedFault {
  const tight = /^\s*[\w-]+:(?=\S)/.exec(line)
  if (tight)
    return {
      at: lineStart + tight[0].length - 1,
      why: 'There is no blank behind this colon.',
      fix: 'Put a blank between the colon and the value.',
    }
  return { at, why: 'This line has no colon.', fix: 'Put a colon behind the key: “name: value”, or “name:”.' }
}

function ofWhatIsMissing(place: Place): ExplainedFault | undefined {
  const { at, message } = place
  if (message.startsWith('Flow')) return ofABracket(place)
  if (message.startsWith('Comments'))
    return {
      at,
      why: 'There is no blank before this #.',
      fix: 'Put a blank before it, or the value in quotes.',
    }
  if (/^Missing , (or : )?between/.test(message))
    return { at, why: 'There is no comma before this.', fix: 'Put a comma between the two.' }
  if (message.startsWith('Implicit map keys')) return ofAKey(place)
  return undefined
}

function ofWhatIsTooMuch(place: Place): ExplainedFault | undefined {
  const { at, message, text } = place
  const mark = text.charAt(at)
  if (/^Unexpected (,|empty item)/.test(message))
    return { at, why: 'There is a comma too many.', fix: 'Remove it.' }
  if (/^[\]}]$/.test(mark))
    return {
      at,
      why: `This ${mark} closes nothing.`,
      fix: 'Remove it, or put the value that it belongs to in quotes.',
    }
  if (/^["']$/.test(mark))
    return { at, why: 'There is no comma before this.', fix: 'Put a comma between the two.' }
  if (/^Not a YAML token|^Block scalar header/.test(message))
    return {
      at,
      why: 'Behind | and > nothing stands in the same line.',
      fix: 'Begin the text in the next line.',
    }
  return /at node end/.test(message) ? ofAColumn(place) : undefined
}

function keyAt({ line, at, lineStart }: Place): string {
  return (
    /^(?:"([^"]*)"|'([^']*)'|([^:]*))/
      .exec(line.slice(at - lineStart))
      ?.slice(1)
      .find(Boolean) ?? ''
  )
}

function ownWords({ message }: YamlFault): string {
  const [first = ''] = message.split('\n')
  return `${first.replace(/ at line \d+, column \d+:?$/, '').replace(/\.$/, '')}.`
}
