import { z } from 'zod'
import { checkedDraft } from './connectors-schemas.ts'
import { isStorable, storedText } from './stored-text.ts'

const name = z.string().max(64)
const revision = z.number().int().min(1)
const pipelineIds = z.array(z.uuid()).max(1000)
const text = z.string().max(300_000).refine(isStorable, 'It holds a character that cannot be kept.')

export const namedConnector = z.strictObject({ name })
export const revisedConnector = z.strictObject({ name, revision })
export const versionedConnector = z.strictObject({ name, version: z.number().int().min(1) })

export const saveInput = z.strictObject({
  name,
  /** Null, or absent: the first draft. */
  baseRevision: revision.nullable().default(null),
  manifest: text,
  records: z.record(z.string().max(200), text),
})

export const publishInput = z.strictObject({
  name,
  revision,
  note: storedText(500).optional(),
  acceptIncompatible: z.boolean().optional(),
  pipelineIds: pipelineIds.optional(),
})

export const movePipelinesInput = z.strictObject({
  name,
  version: z.number().int().min(1),
  pipelineIds: pipelineIds.min(1),
  acceptIncompatible: z.boolean().optional(),
})

export const ownConnector = z.object({
  name: z.string(),
  title: z.string(),
  revision: z.number(),
  draftBy: z.string().nullable(),
  draftAt: z.string(),
  publishedVersion: z.number().nullable(),
  changed: z.boolean(),
  connections: z.number(),
})

const files = z.object({ manifest: z.string(), records: z.record(z.string(), z.string()) })

export const ownDraft = ownConnector.extend({ files })

export const connectorVersion = z.object({
  version: z.number(),
  note: z.string().nullable(),
  publishedBy: z.string().nullable(),
  publishedAt: z.string(),
  pipelines: z.array(z.object({ id: z.string(), name: z.string() })),
})

export const connectorVersionFiles = connectorVersion.extend({ files })

export const connectorReview = z.object({
  revision: z.number(),
  problems: checkedDraft.shape.problems,
  verdict: z.enum(['first', 'same', 'compatible', 'incompatible']),
  changes: z.array(
    z.object({
      kind: z.string(),
      breaking: z.boolean(),
      object: z.string().nullable(),
      sentence: z.string(),
    }),
  ),
  pipelines: z.array(
    z.object({ id: z.string(), name: z.string(), version: z.number().nullable(), breaks: z.boolean() }),
  ),
  connections: z.array(z.object({ id: z.string(), name: z.string() })),
})
