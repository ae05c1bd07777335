import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'
import { findAttempt } from '../store/oauth-rows.ts'
import type { AttemptRow } from '../store/oauth-rows.ts'
import { readAttemptDraft } from './oauth-draft.ts'
import { type AttemptCode, attemptCodes } from './oauth-draft.ts'

/** How an attempt stands, for the dialog that waits for it. */
export interface AttemptDescription {
  readonly state: 'pending' | 'succeeded' | 'failed'
  readonly code: AttemptCode | null
  readonly message: string
  readonly connectionId: string | null
  /** Another account came back for a connection: what an admin is to choose about. */
  readonly choice?: { readonly previousAccount: string; readonly newAccount: string } | undefined
}

/** A returned window that nobody finished within this time never will be: the process that did it is gone. */
const finishMs = 120_000

/** Throws `NOT_FOUND`. */
export async function describeAttempt(
  actor: Actor,
  { attemptId }: { readonly attemptId: string },
): Promise<AttemptDescription> {
  const row = await actor.transaction((tx) => findAttempt(tx, actor.workspaceId, attemptId))
  if (!row) throw new DomainError('NOT_FOUND', 'There is no such attempt to connect.')
  return describeRow(row, actor.services.clock.now())
}

function describeRow(row: AttemptRow, now: number): AttemptDescription {
  const { outcome } = row
  const ended = { connectionId: outcome?.connectionId || null, message: outcome?.message ?? '' }
  switch (row.state) {
    case 'succeeded':
      return { state: 'succeeded', code: null, ...ended }
    case 'failed':
      return { state: 'failed', code: codeOf(outcome?.code), ...ended, choice: choiceOf(row) }
    case 'used':
      if (row.expiresAt.getTime() + finishMs > now) return waiting('Finishing …')
      return over('unreachable', 'The server stopped before the connection was made. Connect again.')
    case 'pending':
      if (row.expiresAt.getTime() > now) return waiting('Waiting for you to agree on the API’s page.')
      return over('expired', 'More than ten minutes have passed. Connect again.')
  }
}

function choiceOf(row: AttemptRow): AttemptDescription['choice'] {
  const { pending } = readAttemptDraft(row.draft)
  if (!pending) return undefined
  return { previousAccount: pending.previousAccount, newAccount: pending.accountName ?? pending.accountId }
}

function waiting(message: string): AttemptDescription {
  return { state: 'pending', code: null, message, connectionId: null }
}

function over(code: AttemptCode, message: string): AttemptDescription {
  return { state: 'failed', code, message, connectionId: null }
}

function codeOf(text: string | undefined): AttemptCode {
  return attemptCodes.find((code) => code === text) ?? 'refused'
}
