import { lookWhoIsSignedIn } from './client.ts'

let opened: BroadcastChannel | undefined
/** One for the whole page, since a channel does not hear what it says itself. */
const channel = (): BroadcastChannel => (opened ??= new BroadcastChannel('penstock-session'))

/** Tells the other tabs of this browser that somebody signed in or out here. */
export function tellOtherTabs(): void {
  channel().postMessage('changed')
}

/** Asks anew who is signed in each time that another tab tells it; gives back what ends that. */
export function hearOtherTabs(): () => void {
  channel().addEventListener('message', lookWhoIsSignedIn)
  return () => channel().removeEventListener('message', lookWhoIsSignedIn)
}
