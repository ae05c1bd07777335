import { z } from 'zod'

/** One object's table in one schema of one destination. */
const wipeObject = z.object({
  object: z.string(),
  /** How many rows there were before the first was deleted; null until they were counted. */
  counted: z.number().nullable(),
  done: z.boolean(),
})

/** A schema of a destination, and what of it is to go. */
const wipeTarget = z.object({
  destinationId: z.string(),
  destinationName: z.string(),
  schema: z.string(),
  objects: z.array(wipeObject),
})

/** What a wipe has done, and what it does last. */
const wipeProgress = z.object({
  targets: z.array(wipeTarget),
  /** The pipelines whose logs and reports go, and that were paused for it. */
  pipelines: z.array(z.string()),
  paused: z.array(z.string()),
  logsDone: z.boolean(),
  /** Secrets that the wiping itself needs (the address of a destination that is wiped), sealed as they were; forgotten at the end. */
  secrets: z.record(z.string(), z.string()),
  /** The credential and account that the connection gets when all is gone, sealed for the connection; null: it stays disconnected. */
  arrival: z.record(z.string(), z.unknown()).nullable(),
})
export type WipeProgress = z.infer<typeof wipeProgress>
export type WipeTarget = WipeProgress['targets'][number]
export type WipeObject = WipeTarget['objects'][number]

/** Progress as it was stored. */
export function readProgress(stored: unknown): WipeProgress {
  return wipeProgress.parse(stored)
}
