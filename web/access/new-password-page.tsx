import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { api, apiClient, queryClient, sentenceOf } from '../api/client.ts'
import { accessText } from '../strings/access.ts'
import { Button } from '../ui/button.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Form } from '../ui/form.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { toastDone } from '../ui/toaster.tsx'
import { AccessFrame } from './access-frame.tsx'
import { PasswordField } from './password-field.tsx'

/** Where the link of a mail leads. Its token stands after the #, which reaches no server by itself. */
export function NewPasswordPage(): ReactNode {
  const [token] = useState(() => window.location.hash.slice(1))
  const check = useQuery(
    api.passwords.checkToken.queryOptions({ token }, { enabled: token !== '', retry: false, gcTime: 0 }),
  )
  const over = token === '' || check.data?.valid === false
  return (
    <AccessFrame title={accessText.resetTitle} description={check.data?.valid && accessText.resetHint}>
      {check.isError && (
        <ErrorBanner message={sentenceOf(check.error)} onRetry={() => void check.refetch()} />
      )}
      {over && (
        <>
          <Notice tone="warn">{accessText.resetOver}</Notice>
          <Link to="/forgot-password" className="text-accent mt-4 inline-block underline">
            {accessText.forgotAction}
          </Link>
        </>
      )}
      {!over && check.isPending && <Skeleton className="h-32 w-full" />}
      {check.data?.valid && <PasswordForm token={token} />}
    </AccessFrame>
  )
}

function PasswordForm({ token }: { readonly token: string }): ReactNode {
  const navigate = useNavigate()
  const [password, setPassword] = useState('')
  const setting = useMutation({
    mutationFn: () => apiClient.passwords.reset.mutate({ token, password }),
    onSuccess: async () => {
      await queryClient.resetQueries()
      await navigate({ to: '/sign-in', replace: true })
      toastDone(accessText.resetDone)
    },
  })
  return (
    <Form className="space-y-4" onSubmit={() => setting.mutate()}>
      {setting.isError && <ErrorBanner message={sentenceOf(setting.error)} />}
      <PasswordField
        kind="new"
        label={accessText.newPassword}
        autoFocus
        value={password}
        onChange={setPassword}
      />
      <Button type="submit" look="primary" busy={setting.isPending} className="w-full">
        {accessText.resetAction}
      </Button>
    </Form>
  )
}
