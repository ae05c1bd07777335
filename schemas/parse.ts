import checkpointSchema from './checkpoint.schema.json' with { type: 'json' }
import { compileSchema, type SchemaNode } from './compile-schema.ts'
import { explainErrors } from './explain-errors.ts'
import type { SchemaProblem } from './schema-problem.ts'
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
  return parseAs<Pipeline>(json, pipelineSchema)
}

/** Reads a checkpoint as a destination kept it. */
export function parseCheckpoint(json: unknown): Parsed<Checkpoint> {
  return parseAs<Checkpoint>(json, checkpointSchema)
}

function parseAs<T>(json: unknown, schema: SchemaNode): Parsed<T> {
  const errors = compileSchema(schema, schema)(json)
  // The schema vouches for the shape, and the type is generated from it.
  return errors.length === 0 ? { value: json as T } : { problems: explainErrors(json, schema, schema) }
}
