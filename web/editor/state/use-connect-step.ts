import { useCallback, useEffect, useRef, useState } from 'react'
import { queryClient, api } from '../../api/client.ts'
import type { SavedConnection } from '../document/catalogue.ts'
import type { AppActs } from '../pipeline-editor.tsx'
import { additionOf } from './add-step.ts'
import type { EditorStore } from './editor-store.ts'

type Connect = (side: 'source' | 'destination', kind?: string) => void

/**
 * Has the app make a connection, and takes it into the pipeline as soon as it is among the saved ones: once, so that whatever is chosen
 * afterwards stays, however often the list of connections is read again.
 */
export function useConnectStep(
  store: EditorStore,
  connections: readonly SavedConnection[] | undefined,
  onConnect: AppActs['onConnect'],
): Connect {
  const [made, setMade] = useState<string>()
  const taken = useRef<string>(undefined)
  const saved = connections?.find(({ id }) => id === made)
  useEffect(() => {
    if (!saved || taken.current === saved.id) return
    taken.current = saved.id
    takeConnection(store, saved)
  }, [saved, store])
  return useCallback(
    (side, kind) => {
      onConnect(side, kind, (id) => {
        setMade(id)
        void queryClient.invalidateQueries({ queryKey: api.connections.list.queryKey() })
      })
    },
    [onConnect],
  )
}

/** Puts the connection in its place, or in that of the one that stands there. */
function takeConnection(store: EditorStore, connection: SavedConnection): void {
  const { content, run, goTo, show } = store.getState()
  const { side, id, kind } = connection
  if (!content.document[side]) {
    run(additionOf(connection, content, undefined))
    if (side === 'source') show({ wantsRecommended: true })
  } else if (side === 'source') run({ type: 'setSourceConnection', connection: id })
  else run({ type: 'setDestinationConnection', connectionType: kind, connection: id })
  goTo(side)
}
