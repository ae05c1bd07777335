import { isTrackedEnvelope, tracked } from '@trpc/server'
import type { TrackedEnvelope } from '@trpc/server'
import { z } from 'zod'

/** The output of a subscription whose events carry an id: each is held against `schema`, which strips what it does not name. */
export function trackedStream<T>(
  schema: z.ZodType<T>,
): z.ZodType<AsyncIterable<TrackedEnvelope<T>>, AsyncIterable<TrackedEnvelope<T>>> {
  return z
    .custom<AsyncIterable<TrackedEnvelope<T>>>(
      (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
    )
    .transform((stream) => checked(stream, schema))
}

async function* checked<T>(
  stream: AsyncIterable<TrackedEnvelope<T>>,
  schema: z.ZodType<T>,
): AsyncGenerator<TrackedEnvelope<T>, void> {
  for await (const event of stream) {
    if (!isTrackedEnvelope(event)) throw new TypeError('An event of this stream has no id.')
    yield tracked(event[0], await schema.parseAsync(event[1]))
  }
}
