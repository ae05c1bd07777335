import checkpointSchema from './checkpoint.schema.json' with { type: 'json' }
import { compileSchema, type SchemaNode } from './compile-schema.ts'
import { explainErrors } from './explain-errors.ts'
import type { SchemaProblem } from './schema-problem.ts'
import { acceptsCheckpoint } from './generated/accepts-checkpoint.ts'
import { acceptsPipeline } from './generated/accepts-pipeline.ts'
import type { Checkpoint } from './generated/checkpoint.ts'
import type { Manifest } from './generated/manifest.ts'
import type { Pipeline } from './generated/pipeline.ts'
import type { RecordSchema } from './generated/record.ts'
import manifestSchema from './manifest.schema.json' with { type: 'json' }
import pipelineSchema from './pipeline.schema.json' with { type: 'json' }
import recordSchema from './record.schema.json' with { type: 'json' }

/** A document that is what its schema says, or everything that is wrong with it. */
export type Parsed<T> = { readonly value: T } | { readonly problems: readonly SchemaProblem[] }

/** Reads a manifest. Says nothing of its meaning: that is for the connector's checker, which sees the records too. */
export function parseManifest(json: unknown): Parsed<Manifest> {
  return parseAs<Manifest>(json, manifestSchema)
}

/** Reads the schema of one object's records. */
export function parseRecordSchema(json: unknown): Parsed<RecordSchema> {
  return parseAs<RecordSchema>(json, recordSchema)
}

/** Reads a pipeline document. Whether its objects and fields exist is for the pipeline's validation. */
export function parsePipeline(json: unknown): Parsed<Pipeline> {
  return parseAs<Pipeline>(json, pipelineSchema, acceptsPipeline)
}

/** Reads a checkpoint as a destination kept it. */
export function parseCheckpoint(json: unknown): Parsed<Checkpoint> {
  return parseAs<Checkpoint>(json, checkpointSchema, acceptsCheckpoint)
}

/** `accepts` is the schema as code, where it was generated; what it refuses is looked at again, to say why. */
function parseAs<T>(json: unknown, schema: SchemaNode, accepts?: (json: unknown) => boolean): Parsed<T> {
  const valid = accepts?.(json) === true || compileSchema(schema, schema)(json).length === 0
  // The schema vouches for the shape, and the type is generated from it.
  return valid ? { value: json as T } : { problems: explainErrors(json, schema, schema) }
}
