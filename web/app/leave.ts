import { signOut } from '../api/authenticate.ts'
import { toastFailed } from '../ui/toaster.tsx'

/** Ends the session and loads the app anew, so that nothing of it stays in memory. */
export async function leave(): Promise<void> {
  try {
    await signOut()
    location.assign('/sign-in')
  } catch (error) {
    toastFailed(error instanceof Error ? error.message : String(error))
  }
}
