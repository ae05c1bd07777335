import { useMutation } from '@tanstack/react-query'
import { LogIn } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { signIn } from '../api/authenticate.ts'
import { queryClient } from '../api/client.ts'
import { meQuery } from '../api/session-over.ts'
import { useMe } from '../api/session.ts'
import { isTextField } from '../keyboard/use-shortcut.ts'
import { accessText } from '../strings/access.ts'
import { Button } from '../ui/button.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { PasswordField } from './password-field.tsx'

/** So long after the last key nobody is in the middle of a word. */
const pauseMs = 1_500

/** Over the page of someone whose session is over: they sign in, and go on where they were. Whoever puts it off is reminded. */
export function SignInAgain(): ReactNode {
  const [asking, setAsking] = useState(false)
  const [putOff, setPutOff] = useState(false)
  useEffect(() => {
    if (putOff) return undefined
    const ask = (): void => setAsking(true)
    let timer = setTimeout(ask, isTextField(document.activeElement) ? pauseMs : 0)
    const wait = (): void => {
      clearTimeout(timer)
      timer = setTimeout(ask, pauseMs)
    }
    addEventListener('keydown', wait, true)
    return () => {
      clearTimeout(timer)
      removeEventListener('keydown', wait, true)
    }
  }, [putOff])
  if (asking)
    return (
      <SignInDialog
        onClose={() => {
          setAsking(false)
          setPutOff(true)
        }}
      />
    )
  return putOff && <Reminder onAsk={() => setAsking(true)} />
}

function SignInDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { user } = useMe()
  const [email, setEmail] = useState(user?.email ?? '')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: async () => {
      await queryClient.refetchQueries({ queryKey: meQuery().queryKey })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <FormDialog
      veiled
      title={accessText.sessionOverTitle}
      description={accessText.sessionOverHint}
      action={accessText.signIn}
      busy={enter.isPending}
      error={enter.isError ? enter.error.message : undefined}
      onSubmit={() => enter.mutate()}
      onClose={onClose}
    >
      <TextField
        label={accessText.email}
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={setEmail}
      />
      <PasswordField kind="current" first value={password} onChange={setPassword} />
      <a href={signInAddress()} className="text-accent inline-block underline">
        {accessText.toSignIn}
      </a>
    </FormDialog>
  )
}

/** The page of the sign-in, from which one comes back here. */
function signInAddress(): string {
  const { pathname, search } = window.location
  return `/sign-in?next=${encodeURIComponent(pathname + search)}`
}

/** At the lower edge, on its own: what stands there makes room for it, so that no tool is below it. */
function Reminder({ onAsk }: { readonly onAsk: () => void }): ReactNode {
  return (
    <aside
      ref={tellHeight}
      aria-label={accessText.sessionOverTitle}
      className="bg-surface fixed inset-x-0 bottom-14 z-30 border-t p-2 sm:bottom-0"
    >
      <Notice
        tone="warn"
        actions={
          <Button size="small" icon={LogIn} onClick={onAsk}>
            {accessText.signInAgain}
          </Button>
        }
      >
        {accessText.sessionOverReminder}
      </Notice>
    </aside>
  )
}

/** Says how high the reminder is while it is there: main.css has what follows from it. */
function tellHeight(reminder: HTMLElement | null): (() => void) | undefined {
  if (!reminder) return undefined
  const { style } = document.documentElement
  const observer = new ResizeObserver(() => style.setProperty('--reminder', `${reminder.offsetHeight}px`))
  observer.observe(reminder)
  return () => {
    observer.disconnect()
    style.removeProperty('--reminder')
  }
}
