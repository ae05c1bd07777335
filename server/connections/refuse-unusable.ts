import { nextRunGoesOn, RunFailure } from '../engine/failures.ts'
import type { ConnectionRow } from '../store/connection-rows.ts'

/** Throws where nothing may be read or written through a connection: it was disconnected, or its data is being deleted. */
export function refuseUnusable({ name, state }: Pick<ConnectionRow, 'name' | 'state'>): void {
  switch (state) {
    case 'disconnected':
      throw new RunFailure('unauthorized', `The connection “${name}” is disconnected.`, {
        advice: `Connect it again. ${nextRunGoesOn}`,
      })
    case 'wiping':
      throw new RunFailure('unauthorized', `All data of the connection “${name}” is being deleted.`, {
        advice: 'Wait until the deletion has finished, then connect again.',
      })
    case 'healthy':
    case 'unchecked':
    case 'needs_reauthorisation':
      return
  }
}
