import type { Role } from '../actor.ts'

/** Who may call: anyone, anyone who is signed in, or a member of the workspace whose role is at least this one. */
export type Rule = 'public' | 'signed_in' | Role

/**
 * Who may call what: every procedure has its line, and what has none is refused (and does not compile, see router.ts).
 * A viewer sees, an editor builds and runs, an admin decides about people, secrets and deletion.
 */
export const policy = {
  'session.me': 'public',
  'session.permissions': 'signed_in',
} as const satisfies Readonly<Record<string, Rule>>

export type ProcedurePath = keyof typeof policy

/** The rule of a procedure; undefined: there is none, and nobody may call it. */
export function ruleOf(path: string): Rule | undefined {
  return Object.hasOwn(policy, path) ? policy[path as ProcedurePath] : undefined
}
