import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ConnectorDetail } from '../api/answers.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Badge } from '../ui/badge.tsx'
import { Facts } from '../ui/facts.tsx'

/** The objects that a manifest offers, with what a pipeline's author will see of each. */
export function ObjectsTab({ objects }: Pick<ConnectorDetail, 'objects'>): ReactNode {
  if (objects.length === 0) return <p className="text-muted p-4">{connectorsText.objectsNone}</p>
  return (
    <ul className="divide-y">
      {objects.map(({ object, title, group, mode, primaryKey, startAt, fields, notes }) => {
        const sensitive = fields.filter((field) => field.sensitive !== null)
        return (
          <li key={object}>
            <details className="group px-4 py-2">
              <summary className="flex min-h-6 items-center gap-2">
                <ChevronRight aria-hidden size={14} className="text-muted shrink-0 group-open:rotate-90" />
                <span className="font-medium">{title}</span>
                <code className="text-muted min-w-0 flex-1 truncate font-mono text-xs">{object}</code>
                <Badge>{connectorsText.groups[group]}</Badge>
              </summary>
              <div className="py-2">
                <Facts
                  facts={[
                    [connectorsText.mode, connectorsText.modes[mode]],
                    [connectorsText.key, primaryKey.join(', ')],
                    [connectorsText.startDate, startAt ? connectorsText.yes : connectorsText.no],
                    [
                      connectorsText.sensitive,
                      sensitive.map(({ path }) => path).join(', ') || connectorsText.none,
                    ],
                  ]}
                />
                {notes.map((note) => (
                  <p key={note} className="text-muted mt-2">
                    {note}
                  </p>
                ))}
              </div>
            </details>
          </li>
        )
      })}
    </ul>
  )
}
