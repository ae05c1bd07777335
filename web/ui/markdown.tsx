import type { ReactNode } from 'react'
import { type MarkdownBlock, readMarkdown } from './markdown-blocks.ts'

/** A guide of ours, drawn as a page. Links are shown as their words: they lead to files that are not in the browser. */
export function Markdown({ text }: { readonly text: string }): ReactNode {
  return (
    <div className="space-y-3 break-words">
      {readMarkdown(text).map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  )
}

function Block({ block }: { readonly block: MarkdownBlock }): ReactNode {
  switch (block.kind) {
    case 'heading':
      return block.level < 3 ? (
        <h3 className="pt-3 text-base font-semibold first:pt-0">{inline(block.text)}</h3>
      ) : (
        <h4 className="pt-2 font-semibold">{inline(block.text)}</h4>
      )
    case 'code':
      return (
        <pre className="bg-subtle rounded-md px-3 py-2 font-mono text-xs whitespace-pre-wrap">
          {block.text.replaceAll(/ {2,}#/g, '  #')}
        </pre>
      )
    case 'table':
      return <GuideTable head={block.head} rows={block.rows} />
    case 'list': {
      const items = block.items.map((item, index) => <li key={index}>{inline(item)}</li>)
      return block.ordered ? (
        <ol className="list-decimal space-y-1 pl-5">{items}</ol>
      ) : (
        <ul className="list-disc space-y-1 pl-5">{items}</ul>
      )
    }
    case 'paragraph':
      return <p>{inline(block.text)}</p>
  }
}

interface GuideTableProps {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

function GuideTable({ head, rows }: GuideTableProps): ReactNode {
  return (
    <table className="w-full border-collapse text-left">
      <thead>
        <tr className="text-muted border-b text-xs">
          {head.map((cell, index) => (
            <th key={index} className="py-1.5 pr-3 font-medium">
              {inline(cell)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row} className="border-b align-top last:border-b-0">
            {cells.map((cell, index) => (
              <td key={index} className="min-w-20 py-1.5 pr-3 first:min-w-32 [overflow-wrap:anywhere]">
                {inline(cell)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const marks = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|\[[^\]]+\]\([^)]+\))/

/** Code, bold and emphasis within a line. */
function inline(text: string): readonly ReactNode[] {
  return text.split(marks).map((part, index) => {
    if (part.startsWith('`') && part.endsWith('`') && part.length > 2)
      return (
        <code key={index} className="bg-subtle rounded-sm px-1 font-mono text-xs">
          {part.slice(1, -1)}
        </code>
      )
    if (part.startsWith('**')) return <strong key={index}>{part.slice(2, -2)}</strong>
    if (part.startsWith('*') && part.endsWith('*') && part.length > 2)
      return <em key={index}>{part.slice(1, -1)}</em>
    return part.startsWith('[') ? part.replace(/^\[([^\]]+)\]\([^)]+\)$/, '$1') : part
  })
}
