import { DomainError } from '@penstock/server/domain-error.ts'

/** What a rule that said no told the client: its code, its sentence and its details. Throws where no rule did. */
export async function detailsOf(promise: Promise<unknown>): Promise<Readonly<Record<string, unknown>>> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  const cause = error instanceof Error ? error.cause : undefined
  if (!(cause instanceof DomainError)) throw new Error('It was not refused by a rule.', { cause: error })
  return { code: cause.code, message: cause.message, ...cause.details }
}
