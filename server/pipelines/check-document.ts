import { dirname } from 'node:path'
import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Pipeline } from '@penstock/schemas/generated/pipeline.ts'
import { findConnector } from './find-connector.ts'
import { loadPipeline } from './load-pipeline.ts'
import { missingSecrets } from './missing-secrets.ts'
import type { ReadSecret } from './missing-secrets.ts'
import type { Problem } from './problem.ts'
import { pipelineWarnings, validatePipeline } from './validate-pipeline.ts'
import type { Surroundings } from './validate-pipeline.ts'

/** A document that may be run, or everything that is wrong with it. */
export type CheckedDocument =
  | {
      readonly sound: true
      readonly pipeline: Pipeline
      readonly connector: Connector
      readonly warnings: readonly string[]
    }
  | { readonly sound: false; readonly problems: readonly Problem[]; readonly warnings: readonly string[] }

/** `readSecret` is given where the document is about to be used, so that its environment variables must be set. */
export type CheckOptions = Omit<Surroundings, 'connector'> & { readonly readSecret?: ReadSecret }

/** Reads a document and says every problem at once: of its form, of its meaning, and, for a run, of the environment. */
export async function checkDocument(file: string, options: CheckOptions): Promise<CheckedDocument> {
  const loaded = await loadPipeline(file)
  const document = 'pipeline' in loaded ? loaded.pipeline : loaded.parts
  const found = document.source
    ? await findConnector(document.source.connector, dirname(file))
    : { problems: [] }
  const connector = 'connector' in found ? found.connector : undefined
  const problems = [
    ...loaded.problems,
    ...('problems' in found ? found.problems : []),
    ...validatePipeline(document, { ...options, connector }),
    ...(options.readSecret ? missingSecrets(document, options.readSecret) : []),
  ]
  const warnings = pipelineWarnings(document)
  if ('pipeline' in loaded && connector && problems.length === 0)
    return { sound: true, pipeline: loaded.pipeline, connector, warnings }
  return { sound: false, problems, warnings }
}
