import { hashKey, useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Answers } from '../api/answers.ts'
import { signIn } from '../api/authenticate.ts'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { accessText } from '../strings/access.ts'
import { appText } from '../strings/app.ts'
import { Button } from '../ui/button.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Form } from '../ui/form.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { AccessFrame } from './access-frame.tsx'
import { AccountFields } from './account-fields.tsx'
import { PasswordField } from './password-field.tsx'

const route = getRouteApi('/invitation')

/** Where the link of an invitation leads: join with a new account, or with the one there is. */
export function InvitationPage(): ReactNode {
  const { token = '' } = route.useSearch()
  const look = useQuery(api.invitations.look.queryOptions({ token }))
  if (look.isPending) {
    return (
      <AccessFrame title={accessText.checking}>
        <Skeleton className="h-64 w-full" />
      </AccessFrame>
    )
  }
  if (look.isError) {
    return (
      <AccessFrame title={accessText.invitationOver}>
        <ErrorBanner message={sentenceOf(look.error)} />
        <Link to="/sign-in" className="text-accent mt-4 inline-block underline">
          {accessText.invitationSignIn}
        </Link>
      </AccessFrame>
    )
  }
  const { workspaceName, email, role } = look.data
  return (
    <AccessFrame
      title={accessText.invitationTitle(workspaceName)}
      description={accessText.invitationHint(email, appText.roles[role])}
    >
      <JoinForm token={token} invitation={look.data} />
    </AccessFrame>
  )
}

interface JoinFormProps {
  readonly token: string
  readonly invitation: Answers['invitations']['look']
}

function JoinForm({ token, invitation }: JoinFormProps): ReactNode {
  const { email, hasAccount } = invitation
  const navigate = useNavigate()
  const [account, setAccount] = useState({ name: '', email, password: '' })
  const join = useMutation({
    mutationFn: async () => {
      if (hasAccount) await signIn(email, account.password)
      await apiClient.invitations.accept.mutate({
        token,
        ...(hasAccount ? {} : { name: account.name.trim(), password: account.password }),
      })
      if (!hasAccount) await signIn(email, account.password)
    },
    onSuccess: async () => {
      // The link is used up: asked for again, it would be refused while the next page is on its way.
      const look = hashKey(api.invitations.look.queryKey({ token }))
      await queryClient.resetQueries({ predicate: ({ queryHash }) => queryHash !== look })
      await navigate({ to: '/pipelines', replace: true })
    },
  })
  return (
    <Form className="space-y-4" onSubmit={() => join.mutate()}>
      {join.isError && <ErrorBanner message={sentenceOf(join.error)} />}
      {hasAccount ? (
        <>
          <Notice tone="info">{accessText.invitationHasAccount}</Notice>
          <PasswordField
            kind="current"
            autoFocus
            value={account.password}
            onChange={(password) => setAccount({ ...account, password })}
          />
        </>
      ) : (
        <AccountFields account={account} emailFixed onChange={setAccount} />
      )}
      <Button type="submit" look="primary" busy={join.isPending} className="w-full">
        {accessText.invitationAction}
      </Button>
    </Form>
  )
}
