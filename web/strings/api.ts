import { catalogue } from './catalogue.ts'

/** What is said when the server does not answer, or says no. */
export const apiText = catalogue({
  noAnswer: 'The server did not answer. Check the network, then try again.',
  refused: 'The server did not accept this. Reload the page and try again.',
  offline: 'There is no network. What is asked for waits, and comes once it is back.',
  signedOut: 'Your session is over. Sign in again to go on.',
  reconnecting: 'Reconnecting: what you see may be a few seconds old.',
})
