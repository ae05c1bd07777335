/** A part of a document in Markdown, of the forms that our own guides use. */
export type MarkdownBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'table'
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'paragraph'; readonly text: string }

const fence = /^```/
const heading = /^(#{1,6}) (.*)$/
const item = /^(?:[-*]|\d+\.) +(.*)$/

/** Takes a document apart. What it does not know stays a paragraph. */
export function readMarkdown(text: string): readonly MarkdownBlock[] {
  const lines = text.split('\n')
  const blocks: MarkdownBlock[] = []
  for (let at = 0; at < lines.length;) {
    const [block, next] = readBlock(lines, at)
    if (block) blocks.push(block)
    at = next
  }
  return blocks
}

function readBlock(lines: readonly string[], at: number): [MarkdownBlock | undefined, number] {
  const line = lines[at] ?? ''
  if (line.trim() === '') return [undefined, at + 1]
  if (fence.test(line)) return readCode(lines, at + 1)
  const [, marks, title] = heading.exec(line) ?? []
  if (marks && title !== undefined) return [{ kind: 'heading', level: marks.length, text: title }, at + 1]
  const end = endOfPart(lines, at)
  const part = lines.slice(at, end)
  if (line.startsWith('|')) return [readTable(part), end]
  return [item.test(line) ? readList(part) : { kind: 'paragraph', text: part.join(' ') }, end]
}

/** Up to the next empty line, heading or code; a table and a list end where something else begins. */
function endOfPart(lines: readonly string[], from: number): number {
  const kind = kindOf(lines[from] ?? '')
  const rest = lines.slice(from + 1)
  const length = rest.findIndex((line) => {
    if (line.trim() === '' || fence.test(line) || heading.test(line)) return true
    return kindOf(line) !== kind && !(kind === 'item' && /^ {2,}/.test(line))
  })
  return length === -1 ? lines.length : from + 1 + length
}

function kindOf(line: string): 'row' | 'item' | 'text' {
  if (line.startsWith('|')) return 'row'
  return item.test(line) ? 'item' : 'text'
}

function readCode(lines: readonly string[], from: number): [MarkdownBlock, number] {
  const length = lines.slice(from).findIndex((line) => fence.test(line))
  const end = length === -1 ? lines.length : from + length
  return [{ kind: 'code', text: lines.slice(from, end).join('\n') }, end + 1]
}

function readTable([head = '', , ...rows]: readonly string[]): MarkdownBlock {
  return { kind: 'table', head: cellsOf(head), rows: rows.map(cellsOf) }
}

function cellsOf(row: string): readonly string[] {
  return row
    .slice(1, row.endsWith('|') ? -1 : undefined)
    .split('|')
    .map((cell) => cell.trim())
}

function readList(lines: readonly string[]): MarkdownBlock {
  const items: string[] = []
  for (const line of lines) {
    const [, text] = item.exec(line) ?? []
    if (text === undefined) items.push(`${items.pop() ?? ''} ${line.trim()}`)
    else items.push(text)
  }
  return { kind: 'list', ordered: /^\d/.test(lines[0] ?? ''), items }
}
