import type { RunEvent } from '../engine/execute-run.ts'
import type { EventLevel } from '../store/event-rows.ts'

/** What the log says about an event of the engine; undefined: nothing, it is only counted. */
export function tellEvent(event: RunEvent):
  | {
      readonly level: EventLevel
      readonly object?: string | undefined
      readonly kind: string
      readonly message: string
      readonly data?: Record<string, unknown>
    }
  | undefined {
  switch (event.type) {
    case 'object':
      return tellState(event)
    case 'waiting': {
      const { reason, untilMs, object, why } = event
      const until = new Date(untilMs).toISOString()
      return {
        level: 'info',
        object,
        kind: 'waiting',
        message: `Waits: ${reason.replace(/\.$/, '')}.`,
        data: { reason, until, ...(why ? { why } : {}) },
      }
    }
    case 'account': {
      const { name, id, region } = event
      const data = { id, name, ...(region === undefined ? {} : { region }) }
      return { level: 'info', kind: 'account', message: `Reads the account ${name}.`, data }
    }
    case 'warning':
      return { level: 'warn', object: event.object, kind: 'warning', message: event.message }
    case 'progress':
    case 'recounted':
      return undefined
  }
}

function tellState({ object, state, warnings }: RunEvent & { type: 'object' }) {
  const said = (level: EventLevel, message: string) => ({
    level,
    object,
    message,
    kind: 'object_state',
    data: { state, ...(warnings && warnings.length > 0 ? { warnings: [...warnings] } : {}) },
  })
  switch (state) {
    case 'queued':
      return undefined
    case 'reading':
      return said('info', `${object}: reading began.`)
    case 'loading':
      return said('info', `${object}: everything was read; the rest is loading.`)
    case 'succeeded':
      return (warnings ?? []).length > 0
        ? said('warn', `${object}: done. ${(warnings ?? []).join(' ')}`)
        : said('info', `${object}: done.`)
    case 'skipped':
      return said('warn', `${object}: skipped; its table is as it was.`)
    case 'failed':
      return said('error', `${object}: failed.`)
    case 'cancelled':
      return said('info', `${object}: stopped at its checkpoint.`)
  }
}
