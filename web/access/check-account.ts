import { accessText } from '../strings/access.ts'

/** Who someone says they are. */
export interface Account {
  readonly name: string
  readonly email: string
  readonly password: string
}

export type AccountErrors = Readonly<Partial<Record<keyof Account, string>>>

export const shortestPassword = 12

/** What is wrong with a new account, by field; empty when it is sound. */
export function checkAccount({ name, email, password }: Account): AccountErrors {
  return {
    ...(name.trim() === '' ? { name: accessText.nameMissing } : {}),
    ...(/^\S+@\S+\.\S+$/.test(email.trim()) ? {} : { email: accessText.emailWrong }),
    ...(password.length < shortestPassword ? { password: accessText.passwordShort } : {}),
  }
}
