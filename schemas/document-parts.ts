/** The parts of a pipeline document, in the order in which they are written and explained: that of `pipeline.schema.json`. */
export const documentParts = [
  'name',
  'source',
  'objects',
  'schemaChanges',
  'newFields',
  'concurrency',
  'schedule',
  'destination',
] as const
