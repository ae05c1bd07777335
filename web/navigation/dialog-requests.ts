import { create } from 'zustand'

/** A dialog that any screen may ask for; the app's frame shows it. One at a time. */
export type DialogRequest =
  | { readonly type: 'palette' }
  | { readonly type: 'shortcuts' }
  | {
      readonly type: 'connect'
      readonly kind: 'source' | 'destination'
      /** Skips the choice of connector. */
      readonly connector?: string
      /** Authorises this connection again instead of making one. */
      readonly connectionId?: string
      readonly onConnected?: (connectionId: string) => void
    }
  | { readonly type: 'project' }
  | { readonly type: 'import' }
  | { readonly type: 'password' }

interface DialogState {
  readonly request: DialogRequest | undefined
}

/** The dialog that is open. */
export const useDialogRequest = create<DialogState>(() => ({ request: undefined }))

/** Opens a dialog; undefined closes it. */
export function askFor(request: DialogRequest | undefined): void {
  useDialogRequest.setState({ request })
}
