import type { RunReport } from '@penstock/schemas/generated/run.ts'
import type { Actor } from '../actor.ts'
import { recordSchemaChanges } from '../changes/record-schema-changes.ts'
import { errorFields } from '../log.ts'
import type { Carried } from './carried-run.ts'
import { checkCompleteness } from './check-completeness.ts'
import { noteRefusedCredential } from './note-refused-credential.ts'
import type { OpenedRun } from './open-run.ts'

interface Executed extends Carried {
  readonly actor: Actor
  readonly opened: OpenedRun
  readonly report: RunReport
}

/**
 * What follows from a run while its destination is open: a refused credential is noted on its connection, schema changes go to the inbox,
 * rows are held against what the source reports. None of it changes how the run ended, so what fails is logged.
 */
export async function followUp(executed: Executed): Promise<void> {
  const { actor, opened, report, recorder, stop, run, parts } = executed
  const attempt = async (what: () => Promise<unknown>) => {
    try {
      await what()
    } catch (error) {
      parts.services.log.warn('run.follow_up', { run: run.id, ...errorFields(error) })
    }
  }
  const refusal = report.error
  if (refusal?.code === 'unauthorized')
    await attempt(() => noteRefusedCredential(actor, opened.source, refusal.message))
  const changes = report.objects.flatMap(({ schemaChanges }) => schemaChanges)
  if (changes.length > 0)
    await attempt(async () => {
      const { added } = await actor.transaction((tx) => recordSchemaChanges(tx, run, changes))
      if (added > 0)
        recorder.write({
          level: 'warn',
          kind: 'schema_changes',
          message:
            added === 1
              ? '1 schema change is new; the inbox says which.'
              : `${added} schema changes are new; the inbox says which.`,
        })
    })
  if (stop.why === undefined && !refusal) await attempt(() => compareCounts(executed))
}

async function compareCounts({ opened, recorder, stop, parts }: Executed): Promise<void> {
  const input = {
    ...opened.input,
    http: parts.services.http,
    budget: parts.services.budgets.find(opened.sharing),
    signal: stop.signal,
  }
  for (const [object, completeness] of await checkCompleteness(input, recorder.board.rows)) {
    recorder.board.set(object, { completeness })
    if (completeness.agrees === false)
      recorder.write({
        level: 'info',
        object,
        kind: 'completeness',
        message: `${object}: ${completeness.why}`,
        data: { rows: completeness.rows, reported: completeness.reported },
      })
  }
}
