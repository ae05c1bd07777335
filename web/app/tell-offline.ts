import { apiText } from '../strings/api.ts'
import { toastWhile } from '../ui/toaster.tsx'

/** Says that the network is gone for as long as it is: what is asked meanwhile waits, and nothing else would say why. */
export function tellOffline(): () => void {
  const listening = new AbortController()
  let end: (() => void) | undefined
  const told = { signal: listening.signal }
  const tell = (): void => void (end ??= toastWhile(apiText.offline))
  const untell = (): void => {
    end?.()
    end = undefined
  }
  addEventListener('offline', tell, told)
  addEventListener('online', untell, told)
  if (!navigator.onLine) tell()
  return () => {
    listening.abort()
    untell()
  }
}
