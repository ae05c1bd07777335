import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import type { Problem } from './problem.ts'
import { validateDestination } from './validate-destination.ts'
import type { DestinationSettings } from './validate-destination.ts'
import { validateObjects } from './validate-objects.ts'
import { validateSchedule } from './validate-schedule.ts'
import { validateSource } from './validate-source.ts'

/** What validation needs to know beside the document. */
export interface Surroundings {
  /** Undefined where the document names none that exists; what hangs on it is then not looked at. */
  readonly connector: Connector | undefined
  /** The destinations there are, by type. */
  readonly destinations: ReadonlyMap<string, DestinationSettings>
  /** Hosts the operator listed in PENSTOCK_ALLOWED_HOSTS. */
  readonly allowedHosts: readonly string[]
  /** From when on a schedule is looked at. */
  readonly now: Date
  /** In a file, connections are given inline. In the app they are saved ones, which only the app can judge: see `judgeDocument`. */
  readonly connections?: 'inline' | 'saved'
}

/**
 * Every problem of a document's meaning, in the order of its parts. Given the parts of a document that is not wholly as its schema says,
 * it looks at those. Environment variables are not read: see `missingSecrets`.
 */
export function validatePipeline(document: Partial<Pipeline>, around: Surroundings): readonly Problem[] {
  const { connector, allowedHosts, destinations, now, connections = 'inline' } = around
  const inline = connections === 'inline'
  const { source, objects, schedule, destination } = document
  return [
    ...(source && connector && inline ? validateSource(source, connector.manifest, allowedHosts) : []),
    ...(objects && connector ? validateObjects(objects, connector) : []),
    ...validateSchedule(schedule, now),
    ...(destination ? validateDestination(destination, destinations, inline) : []),
  ]
}

/** What is odd but allowed, as sentences. */
export function pipelineWarnings(document: Partial<Pipeline>): readonly string[] {
  if (document.schemaChanges !== 'block' || document.newFields === undefined) return []
  return [
    'New fields wait for a decision (schemaChanges: block), so what they become by themselves (newFields) says nothing.',
  ]
}
