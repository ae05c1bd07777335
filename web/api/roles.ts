import type { Role } from './answers.ts'

/** The roles, from little to much. */
export const roles = ['viewer', 'editor', 'admin'] as const satisfies readonly Role[]

/** Whether whoever is in `role` may do what needs `needed`. */
export function suffices(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed)
}
