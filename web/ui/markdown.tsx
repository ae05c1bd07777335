import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import type { ReactNode } from 'react'

/**
 * A guide, drawn as a page of ours. Links are shown as their words, since they lead to files that are not in the browser, and so is HTML:
 * nothing of the text becomes more than text.
 */
export function Markdown({ text }: { readonly text: string }): ReactNode {
  return <div className="space-y-3 break-words">{draw(lexer(text))}</div>
}

function draw(tokens: readonly Token[]): ReactNode {
  return tokens.map((token, index) => <Part key={index} token={token as MarkedToken} />)
}

function Part({ token }: { readonly token: MarkedToken }): ReactNode {
  switch (token.type) {
    case 'heading':
      return token.depth < 3 ? (
        <h3 className="pt-3 text-base font-semibold first:pt-0">{draw(token.tokens)}</h3>
      ) : (
        <h4 className="pt-2 font-semibold">{draw(token.tokens)}</h4>
      )
    case 'paragraph':
      return <p>{draw(token.tokens)}</p>
    case 'code':
      return (
        <pre className="bg-subtle rounded-md px-3 py-2 font-mono text-xs whitespace-pre-wrap">
          {token.text.replaceAll(/ {2,}#/g, '  #')}
        </pre>
      )
    case 'codespan':
      return <code className="bg-subtle rounded-sm px-1 font-mono text-xs">{token.text}</code>
    case 'table':
      return <GuideTable table={token} />
    case 'list': {
      const items = token.items.map((item, index) => <li key={index}>{draw(item.tokens)}</li>)
      return token.ordered ? (
        <ol className="list-decimal space-y-1 pl-5">{items}</ol>
      ) : (
        <ul className="list-disc space-y-1 pl-5">{items}</ul>
      )
    }
    case 'blockquote':
      return <blockquote className="text-muted border-l-2 pl-3">{draw(token.tokens)}</blockquote>
    case 'strong':
      return <strong>{draw(token.tokens)}</strong>
    case 'em':
      return <em>{draw(token.tokens)}</em>
    case 'link':
    case 'del':
      return draw(token.tokens)
    case 'text':
      return token.tokens ? draw(token.tokens) : token.text
    case 'br':
      return <br />
    case 'hr':
      return <hr />
    case 'escape':
    case 'html':
    case 'image':
      return token.text
    case 'space':
    case 'def':
    case 'checkbox':
    case 'list_item':
      return null
  }
}

function GuideTable({ table }: { readonly table: Tokens.Table }): ReactNode {
  return (
    <table className="w-full border-collapse text-left text-xs">
      <thead>
        <tr className="text-muted border-b text-xs">
          {table.header.map((cell, index) => (
            <th key={index} className="py-1.5 pr-3 font-medium">
              {draw(cell.tokens)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((cells, row) => (
          <tr key={row} className="border-b align-top last:border-b-0">
            {cells.map((cell, index) => (
              <td key={index} className="py-1.5 pr-3 last:min-w-24 last:pr-0 last:[overflow-wrap:anywhere]">
                {draw(cell.tokens)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
