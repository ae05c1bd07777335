import type { RunReport } from '@penstock/schemas/generated/run.ts'

/** What a command's exit says: 0 it worked, 1 it did not or not wholly, 2 what was asked is not valid and nothing ran, 130 cancelled. */
export const exitCodes = { succeeded: 0, failed: 1, invalid: 2, cancelled: 130 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** A run that landed only in part has not succeeded. */
export function exitCodeOf(status: RunReport['status']): ExitCode {
  switch (status) {
    case 'succeeded':
      return exitCodes.succeeded
    case 'partial':
    case 'failed':
      return exitCodes.failed
    case 'cancelled':
      return exitCodes.cancelled
  }
}
