import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { api } from '../api/client.ts'
import { runsText } from '../strings/runs.ts'
import { buttonClass } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

/** Says how many schema changes of a pipeline ask for a decision, and leads to them; nothing where none does. */
export function WaitingChanges({ pipelineId }: { readonly pipelineId: string }): ReactNode {
  const { data } = useQuery(api.changes.waiting.queryOptions({ pipelineId }))
  const count = data?.waiting ?? 0
  if (count === 0) return null
  return (
    <Notice
      tone="review"
      actions={
        <Link to="/changes" search={{ pipeline: pipelineId }} className={buttonClass('plain', 'small')}>
          {runsText.decide}
        </Link>
      }
    >
      {runsText.waitingTitle(count)}
    </Notice>
  )
}
