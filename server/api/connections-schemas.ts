import { z } from 'zod'
import { checkResultSchema } from '../connections/check-result.ts'
import { storedText } from './stored-text.ts'

export const id = z.uuid()
/** A name that a person gave. */
export const name = storedText(120).min(1)
/** What was filled into a form. A value is as long as a token or an address can be. */
export const settings = z
  .record(z.string().max(64), z.string().max(8192))
  .refine((given) => Object.keys(given).length <= 40, 'There are too many settings.')
export const address = z.string().trim().max(2048)

export const checkResult = checkResultSchema

export const connection = z.object({
  id: z.string(),
  kind: z.enum(['source', 'destination']),
  connector: z.string(),
  connectorTitle: z.string(),
  name: z.string(),
  projectId: z.string().nullable(),
  region: z.string().nullable(),
  regionTitle: z.string().nullable(),
  settings: z.record(z.string(), z.string()),
  secretsSet: z.array(z.string()),
  method: z.enum(['oauth', 'settings']),
  oauthProfile: z.object({ id: z.string(), name: z.string() }).nullable(),
  grantedScopes: z.array(z.string()).nullable(),
  account: z.record(z.string(), z.string()).nullable(),
  state: z.enum(['healthy', 'unchecked', 'needs_reauthorisation', 'disconnected', 'wiping']),
  stateReason: z.string().nullable(),
  checkedAt: z.string().nullable(),
  check: checkResult.nullable(),
  usedBy: z.array(z.object({ pipelineId: z.string(), name: z.string() })),
  createdAt: z.string(),
})

export const createSourceInput = z.strictObject({
  connector: z.string().max(64),
  name,
  projectId: id.nullish(),
  region: z.string().max(32).optional(),
  apiBaseUrl: address.optional(),
  settings,
})

export const createDestinationInput = z.strictObject({
  type: z.string().max(64),
  name,
  projectId: id.nullish(),
  settings,
})
