import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api, apiClient, queryClient, sentenceOf } from '../../api/client.ts'
import { panelStrings as words } from '../../strings/editor-panels.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorBanner } from '../../ui/error-banner.tsx'
import { FindingList } from '../../ui/finding-list.tsx'
import type { Finding } from '../../ui/finding-list.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useEditor } from '../state/editor-context.ts'

const rightMarks = { yes: words.works, no: words.worksNot, unknown: words.scopeUnknown }
const scopeMarks = { yes: words.scopeGranted, no: words.scopeMissing, unknown: words.scopeUnknown }

/** What a connection may do, as the last test found it: rights at a destination, permissions of an account; and a way to try again. */
export function ConnectionRights({ id }: { readonly id: string }): ReactNode {
  const readOnly = useEditor((state) => state.readOnly)
  const { data, error, refetch } = useQuery(api.connections.get.queryOptions({ id }))
  const again = useMutation({
    mutationFn: () => apiClient.connections.test.mutate({ id }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: api.connections.pathKey() }),
  })
  if (!data)
    return error ? (
      <ErrorBanner message={sentenceOf(error)} onRetry={() => void refetch()} />
    ) : (
      <SkeletonRows rows={3} />
    )
  const rights = data.check?.findings ?? []
  const scopes = scopeFindings(data.check)
  return (
    <section className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{data.kind === 'source' ? words.scopes : words.rights}</h3>
        {!readOnly && (
          <Button size="small" busy={again.isPending} onClick={() => again.mutate()}>
            {words.checkAgain}
          </Button>
        )}
      </div>
      {again.error && <ErrorBanner message={sentenceOf(again.error)} />}
      {rights.length > 0 && <FindingList findings={rights} words={rightMarks} />}
      {scopes.length > 0 && <FindingList findings={scopes} words={scopeMarks} />}
      {rights.length + scopes.length === 0 && <p className="text-muted">{words.rightsNever}</p>}
    </section>
  )
}

type Check = NonNullable<Awaited<ReturnType<typeof apiClient.connections.get.query>>['check']>

function scopeFindings(check: Check | null): readonly Finding[] {
  return (check?.scopes ?? []).map(({ title, granted, objects }) => ({
    ok: granted,
    what: title,
    message: words.scopeOpens(objects.join(', ')),
  }))
}
