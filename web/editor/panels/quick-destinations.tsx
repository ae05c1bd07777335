import { Database } from 'lucide-react'
import type { ReactNode } from 'react'
import { panelStrings as words } from '../../strings/editor-panels.ts'
import { useSurroundings } from '../state/editor-context.ts'

const kinds = ['duckdb', 'postgres'] as const

/** While no connection is chosen: what is quickest to land in. Each opens the form of that kind of destination. */
export function QuickDestinations(): ReactNode {
  const { connect, connectors } = useSurroundings()
  const offered = kinds.filter((kind) =>
    connectors.some((one) => one.side === 'destination' && one.kind === kind),
  )
  if (!connect || offered.length === 0) return null
  return (
    <section aria-label={words.quickest} className="flex flex-col gap-2">
      <h3 className="font-semibold">{words.quickest}</h3>
      <div className="grid gap-2 sm:grid-cols-2">
        {offered.map((kind) => (
          <button
            key={kind}
            type="button"
            onClick={() => connect('destination', kind)}
            className="border-control hover:border-accent flex items-start gap-3 rounded-lg border p-3 text-left"
          >
            <Database aria-hidden size={18} className="text-accent mt-0.5 shrink-0" />
            <span className="min-w-0">
              <span className="block font-medium">{words.quickDestination[kind].label}</span>
              <span className="text-muted block break-words">{words.quickDestination[kind].hint}</span>
            </span>
          </button>
        ))}
      </div>
    </section>
  )
}
