import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Badge } from '../../ui/badge.tsx'
import type { ReadableChange } from '../document/describe-change.ts'

const tones = { added: 'ok', removed: 'bad', disabled: 'idle', changed: 'info' } as const

/** Differences between two documents: what, before, after. */
export function ChangeTable({ changes }: { readonly changes: readonly ReadableChange[] }): ReactNode {
  return (
    <div className="overflow-clip rounded-lg border">
      <table className="w-full table-fixed text-left wrap-anywhere max-sm:text-xs">
        <caption className="sr-only">{words.changesTitle(changes.length)}</caption>
        <thead>
          <tr className="text-muted border-b text-xs">
            <th className="w-2/5 px-3 py-1.5 font-medium max-sm:px-2">{words.what}</th>
            <th className="px-3 py-1.5 font-medium max-sm:px-2">{words.before}</th>
            <th className="px-3 py-1.5 font-medium max-sm:px-2">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ pointer, kind, what, before, after }) => (
            <tr key={pointer} className="border-b align-top last:border-b-0">
              <th scope="row" className="px-3 py-1.5 font-medium max-sm:px-2">
                <span className="flex flex-wrap items-center gap-x-2">
                  {what}
                  <Badge tone={tones[kind]}>{words.change[kind]}</Badge>
                </span>
              </th>
              <td className="text-muted px-3 py-1.5 max-sm:px-2">{before}</td>
              <td className="px-3 py-1.5 max-sm:px-2">{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
