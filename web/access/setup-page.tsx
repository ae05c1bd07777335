import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { signIn } from '../api/authenticate.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { meQuery } from '../api/session-over.ts'
import { accessText } from '../strings/access.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Form } from '../ui/form.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TextField } from '../ui/text-field.tsx'
import { AccessFrame } from './access-frame.tsx'
import { AccountFields } from './account-fields.tsx'

const route = getRouteApi('/setup')

/** The first run: whoever holds the one-time link becomes the first admin. */
export function SetupPage(): ReactNode {
  const { token } = route.useSearch()
  const check = useQuery(
    api.setup.checkToken.queryOptions({ token: token ?? '' }, { enabled: token !== undefined }),
  )
  const me = useQuery(meQuery())
  const wrong = token === undefined || check.data?.valid === false
  if (wrong && me.data?.setupNeeded === false) {
    return (
      <AccessFrame title={accessText.setupOver} description={accessText.setupOverHint}>
        <Link to="/sign-in" className={classNames(buttonClass('primary'), 'w-full')}>
          {accessText.signIn}
        </Link>
      </AccessFrame>
    )
  }
  if (wrong) {
    return (
      <AccessFrame title={accessText.setupWaiting}>
        <Notice tone="warn">
          {token === undefined ? accessText.setupNoToken : accessText.setupTokenWrong}
        </Notice>
      </AccessFrame>
    )
  }
  return (
    <AccessFrame title={accessText.setupTitle} description={accessText.setupHint}>
      {check.isError && (
        <ErrorBanner message={sentenceOf(check.error)} onRetry={() => void check.refetch()} />
      )}
      {check.isPending && <Skeleton className="h-80 w-full" />}
      {check.data && <SetupForm token={token} />}
    </AccessFrame>
  )
}

function SetupForm({ token }: { readonly token: string }): ReactNode {
  const navigate = useNavigate()
  const [account, setAccount] = useState({ name: '', email: '', password: '' })
  const [workspaceName, setWorkspaceName] = useState('')
  const create = useMutation({
    mutationFn: async () => {
      const email = account.email.trim()
      await apiClient.setup.createAdmin.mutate({
        token,
        name: account.name.trim(),
        email,
        password: account.password,
        workspaceName: workspaceName.trim(),
      })
      await signIn(email, account.password)
    },
    onSuccess: async () => {
      await queryClient.resetQueries()
      await navigate({ to: '/pipelines', replace: true })
    },
  })
  return (
    <Form aria-busy={create.isPending} className="space-y-4" onSubmit={() => create.mutate()}>
      {create.isError && <ErrorBanner message={sentenceOf(create.error)} />}
      <AccountFields account={account} onChange={setAccount} />
      <TextField
        label={accessText.workspace}
        hint={accessText.workspaceHint}
        required
        wrong={accessText.workspaceMissing}
        autoComplete="organization"
        value={workspaceName}
        onChange={setWorkspaceName}
      />
      <Button type="submit" look="primary" busy={create.isPending} className="w-full">
        {accessText.setupAction}
      </Button>
    </Form>
  )
}
