import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, Navigate, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { signIn } from '../api/authenticate.ts'
import { queryClient } from '../api/client.ts'
import { meQuery } from '../api/session-over.ts'
import { accessText } from '../strings/access.ts'
import { Button } from '../ui/button.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Form } from '../ui/form.tsx'
import { TextField } from '../ui/text-field.tsx'
import { AccessFrame } from './access-frame.tsx'
import { PasswordField } from './password-field.tsx'

const route = getRouteApi('/sign-in')

/** The sign-in; whoever is signed in goes on to where they wanted to go. */
export function SignInPage(): ReactNode {
  const { next = '/pipelines' } = route.useSearch()
  const router = useRouter()
  const me = useQuery(meQuery())
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: () => queryClient.resetQueries(),
  })
  const signedIn = Boolean(me.data?.user)
  useEffect(() => {
    if (signedIn) router.history.replace(next)
  }, [signedIn, next, router])
  if (me.data?.setupNeeded) return <Navigate to="/setup" replace />
  return (
    <AccessFrame title={accessText.signInTitle}>
      <Form className="space-y-4" onSubmit={() => enter.mutate()}>
        {enter.isError && <ErrorBanner message={enter.error.message} />}
        <TextField
          label={accessText.email}
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={setEmail}
        />
        <PasswordField kind="current" value={password} onChange={setPassword} />
        <Button type="submit" look="primary" busy={enter.isPending} className="w-full">
          {accessText.signIn}
        </Button>
        <Forgotten mailOffered={me.data?.mailOffered} />
      </Form>
    </AccessFrame>
  )
}

/** The way to a new password: by mail, or, where no mail is sent, by whoever runs the server. */
function Forgotten({ mailOffered }: { readonly mailOffered: boolean | undefined }): ReactNode {
  if (mailOffered === undefined) return null
  if (mailOffered)
    return (
      <Link to="/forgot-password" className="text-accent inline-block underline">
        {accessText.forgot}
      </Link>
    )
  return (
    <p className="text-muted text-xs">
      {accessText.forgotten}
      <code className="bg-subtle mt-1 block rounded-sm px-2 py-1 font-mono select-all">
        {accessText.forgottenCommand}
      </code>
    </p>
  )
}
