import { DomainError } from '../domain-error.ts'
import { giveNewPassword } from '../members/give-new-password.ts'
import { openServices } from '../open-services.ts'
import { openOwnDatabase } from '../start/open-own-database.ts'
import { exitCodes } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { CommandContext } from './terminal.ts'

/** `new-password EMAIL`: a new password for somebody who forgot theirs, printed once. */
export async function newPasswordCommand(
  email: string,
  { terminal, env }: CommandContext,
): Promise<ExitCode> {
  const own = await openOwnDatabase(env)
  try {
    const services = await openServices({ ...env, logLevel: 'error' }, own.url)
    try {
      const { password } = await giveNewPassword(services, email)
      terminal.out(password)
      return exitCodes.succeeded
    } finally {
      await services.close()
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    terminal.err(error.message)
    return exitCodes.invalid
  } finally {
    await own.stop()
  }
}
