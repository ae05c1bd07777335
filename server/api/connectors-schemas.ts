import { z } from 'zod'

const method = z.enum(['oauth', 'settings'])

export const connector = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  kind: z.enum(['source', 'destination']),
  version: z.number().nullable(),
  regions: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      api: z.string(),
      residency: z.string().nullable(),
      allowed: z.boolean(),
    }),
  ),
  defaultRegion: z.string().nullable(),
  methods: z.array(method),
  installationProfile: z.boolean(),
  settings: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      description: z.string().nullable(),
      secret: z.boolean(),
      optional: z.boolean(),
      default: z.string().nullable(),
      methods: z.array(method),
    }),
  ),
  scopes: z.array(z.object({ scope: z.string(), title: z.string(), objects: z.array(z.string()) })),
  objects: z.number(),
  notes: z.array(z.string()),
})

export const connectorObject = z.object({
  object: z.string(),
  title: z.string(),
  description: z.string(),
  group: z.enum(['core', 'extended', 'derived']),
  parent: z.string().nullable(),
  mode: z.enum(['incremental', 'full_refresh']),
  startAt: z.boolean(),
  primaryKey: z.array(z.string()),
  checkpointField: z.string().nullable(),
  scope: z.string().nullable(),
  notes: z.array(z.string()),
  recommended: z.boolean(),
  fields: z.array(
    z.object({
      path: z.string(),
      type: z.string(),
      description: z.string().optional(),
      sensitive: z.string().nullable(),
      lockedBecause: z.string().nullable(),
    }),
  ),
})

export const connectorDetail = connector.extend({ objects: z.array(connectorObject) })

export const connectorSource = z.object({
  manifest: z.string(),
  records: z.record(z.string(), z.string()),
  readme: z.string(),
})

const file = z.string().max(200)
export const draftInput = z.strictObject({
  manifest: z.string().max(300_000),
  records: z.record(file, z.string().max(300_000)),
})

const problem = z.object({
  file: z.string(),
  pointer: z.string(),
  line: z.number().optional(),
  message: z.string(),
  fix: z.string(),
})

export const checkedDraft = z.object({
  problems: z.array(problem),
  warnings: z.array(problem),
  form: connector.nullable(),
  objects: z.array(connectorObject),
  types: z.string(),
})

export const tryInput = z.strictObject({
  connectionId: z.uuid(),
  object: z.string().max(100),
  manifest: draftInput.shape.manifest.optional(),
  records: draftInput.shape.records.optional(),
})

export const tryDraftInput = draftInput.extend({
  object: z.string().max(100),
  region: z.string().max(64).optional(),
  settings: z.record(z.string().max(100), z.string().max(10_000)),
})

export const triedObject = z.object({
  check: z.object({ ok: z.boolean(), problems: z.array(problem), message: z.string() }),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  requests: z.array(z.object({ method: z.string(), path: z.string(), status: z.number(), ms: z.number() })),
})
