import { getTRPCErrorFromUnknown, isTrackedEnvelope, tracked } from '@trpc/server'
import type { TrackedEnvelope } from '@trpc/server'
import { z } from 'zod'
import { answerError } from './answer-error.ts'
import type { RequestContext } from './trpc.ts'

/** A stream whose failure is told as that of a call is, in our words: it comes after the procedure has returned, where nobody else looks. */
export async function* tellFailure<T>(
  stream: AsyncIterable<T>,
  ctx: RequestContext,
): AsyncGenerator<T, void> {
  try {
    yield* stream
  } catch (error) {
    throw answerError(getTRPCErrorFromUnknown(error), ctx)
  }
}

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
