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

const marks = { yes: words.works, no: words.worksNot, unknown: words.scopeUnknown }

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
  const findings = readFindings(data.check)
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
      {findings.length > 0 ? (
        <FindingList findings={findings} words={marks} />
      ) : (
        <p className="text-muted">{words.rightsNever}</p>
      )}
    </section>
  )
}

type Check = NonNullable<Awaited<ReturnType<typeof apiClient.connections.get.query>>['check']>

function readFindings(check: Check | null): readonly Finding[] {
  const scopes = (check?.scopes ?? []).map(({ title, granted, objects }) => ({
    ok: granted,
    what: title,
    message: words.scopeOpens(objects.join(', ')),
  }))
  return [...(check?.findings ?? []), ...scopes]
}
