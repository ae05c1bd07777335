import { DomainError } from '../domain-error.ts'
import type { Services } from '../services.ts'
import type { Tx } from '../store/database.ts'
import { isSetupNeeded } from '../store/member-rows.ts'
import { insertPerson } from '../store/person-rows.ts'
import { closeSetup, lockSetupToken } from '../store/setup-rows.ts'
import type { Caller } from './caller.ts'
import { digestPassword } from './digest-password.ts'
import { planWorkspace, writeWorkspace } from './new-workspace.ts'
import { hashToken } from './one-time-token.ts'

export interface FirstAdmin {
  readonly token: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly workspaceName: string
}

/** Whether a setup token would work now. */
export async function checkSetupToken(services: Services, token: string): Promise<{ valid: boolean }> {
  return { valid: await services.database.asSystem((tx) => isValid(tx, token)) }
}

/**
 * Makes the first person, who is admin of the first workspace, for whoever has the token that the server printed. Of two who try at once
 * one succeeds. Throws `FORBIDDEN` for any other token, and for every token once it was used.
 */
export async function createFirstAdmin(caller: Caller, input: FirstAdmin): Promise<void> {
  const { services, request } = caller
  if (!(await checkSetupToken(services, input.token)).valid) throw refused()
  const passwordHash = await digestPassword(input.password)
  const workspace = await planWorkspace(services, input.workspaceName)
  await services.database.asSystem(async (tx) => {
    if (!(await isValid(tx, input.token))) throw refused()
    const person = await insertPerson(tx, { name: input.name, email: input.email, passwordHash })
    if (!person) throw refused()
    await closeSetup(tx)
    await writeWorkspace(tx, workspace, { person, via: 'session', request, services })
  })
}

async function isValid(tx: Tx, token: string): Promise<boolean> {
  const expected = await lockSetupToken(tx)
  return expected !== undefined && expected === hashToken(token) && (await isSetupNeeded(tx))
}

function refused(): DomainError {
  return new DomainError(
    'FORBIDDEN',
    'This setup link does not work any more. The server prints a new one at its start, as long as nobody has signed up.',
  )
}
