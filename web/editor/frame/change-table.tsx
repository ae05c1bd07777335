import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Badge } from '../../ui/badge.tsx'
import type { ReadableChange } from '../document/describe-change.ts'

const tones = { added: 'ok', removed: 'bad', disabled: 'idle', changed: 'info' } as const

/** Differences between two documents: what, before, after. */
export function ChangeTable({ changes }: { readonly changes: readonly ReadableChange[] }): ReactNode {
  return (
    <div className="overflow-x-auto rounded-lg border">
      <table className="w-full text-left">
        <caption className="sr-only">{words.changesTitle(changes.length)}</caption>
        <thead>
          <tr className="text-muted border-b text-xs">
            <th className="px-3 py-1.5 font-medium">{words.what}</th>
            <th className="px-3 py-1.5 font-medium">{words.before}</th>
            <th className="px-3 py-1.5 font-medium">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ pointer, kind, what, before, after }) => (
            <tr key={pointer} className="border-b align-top last:border-b-0">
              <th scope="row" className="px-3 py-1.5 font-medium">
                <span className="flex flex-wrap items-center gap-2">
                  {what}
                  <Badge tone={tones[kind]}>{words.change[kind]}</Badge>
                </span>
              </th>
              <td className="text-muted px-3 py-1.5 break-words">{before}</td>
              <td className="px-3 py-1.5 break-words">{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
