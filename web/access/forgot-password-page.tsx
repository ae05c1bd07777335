import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { apiClient, sentenceOf } from '../api/client.ts'
import { accessText } from '../strings/access.ts'
import { Button } from '../ui/button.tsx'
import { ErrorBanner } from '../ui/error-banner.tsx'
import { Form } from '../ui/form.tsx'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { AccessFrame } from './access-frame.tsx'

/** Asks for a link by mail. What is answered does not tell whether the address has an account. */
export function ForgotPasswordPage(): ReactNode {
  const [email, setEmail] = useState('')
  const asking = useMutation({
    mutationFn: async () => {
      await apiClient.passwords.request.mutate({ email: email.trim() })
      return email.trim()
    },
  })
  return (
    <AccessFrame title={accessText.forgotTitle} description={accessText.forgotHint}>
      {asking.data ? (
        <Notice tone="ok" title={accessText.forgotSent(asking.data)}>
          <p>{accessText.forgotNothing}</p>
        </Notice>
      ) : (
        <Form className="space-y-4" onSubmit={() => asking.mutate()}>
          {asking.isError && <ErrorBanner message={sentenceOf(asking.error)} />}
          <TextField
            label={accessText.email}
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={setEmail}
          />
          <Button type="submit" look="primary" busy={asking.isPending} className="w-full">
            {accessText.forgotAction}
          </Button>
        </Form>
      )}
      <Link to="/sign-in" className="text-accent mt-4 inline-block underline">
        {accessText.backToSignIn}
      </Link>
    </AccessFrame>
  )
}
