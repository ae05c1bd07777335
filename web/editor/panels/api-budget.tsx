import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../../api/client.ts'
import { panelStrings as words } from '../../strings/editor-panels.ts'

/** The limit that the API sets for this account, and which other pipelines live on it, too. */
export function ApiBudget({ connectionId }: { readonly connectionId: string }): ReactNode {
  const { data } = useQuery(api.pipelines.budget.queryOptions({ connectionId }))
  if (!data) return null
  const others = data.sharedBy.map(({ name }) => name).join(', ')
  return (
    <div className="text-muted flex flex-col gap-1">
      <p>
        <span className="text-text font-medium">{words.budget}: </span>
        {data.limit}
      </p>
      <p>{others ? words.sharedBy(others) : words.sharedByNone}</p>
    </div>
  )
}
