import type { Role } from '../actor.ts'

/** Who may call: anyone, anyone who is signed in, or a member of the workspace whose role is at least this one. */
export type Rule = 'public' | 'signed_in' | Role

/**
 * Who may call what: every procedure has its line, and what has none is refused (and does not compile, see router.ts).
 * A viewer sees, an editor builds and runs, an admin decides about people, secrets and deletion.
 */
export const policy = {
  'audit.export': 'admin',
  'audit.list': 'admin',
  'changes.decide': 'editor',
  'changes.list': 'viewer',
  'changes.undo': 'editor',
  'connections.createDestination': 'editor',
  'connections.createSource': 'editor',
  'connections.disconnect': 'editor',
  'connections.get': 'viewer',
  'connections.list': 'viewer',
  'connections.remove': 'editor',
  'connections.test': 'editor',
  'connections.update': 'editor',
  'connectors.get': 'viewer',
  'connectors.list': 'viewer',
  'connectors.source': 'viewer',
  'pipelines.create': 'editor',
  'pipelines.diff': 'viewer',
  'pipelines.discardDraft': 'editor',
  'pipelines.duplicate': 'editor',
  'pipelines.export': 'viewer',
  'pipelines.get': 'viewer',
  'pipelines.import': 'editor',
  'pipelines.list': 'viewer',
  'pipelines.move': 'editor',
  'pipelines.pause': 'editor',
  'pipelines.publish': 'editor',
  'pipelines.remove': 'editor',
  'pipelines.rename': 'editor',
  'pipelines.resume': 'editor',
  'pipelines.saveDraft': 'editor',
  'pipelines.validate': 'viewer',
  'pipelines.version': 'viewer',
  'pipelines.versions': 'viewer',
  'projects.create': 'editor',
  'projects.list': 'viewer',
  'projects.move': 'editor',
  'projects.remove': 'editor',
  'projects.rename': 'editor',
  'runs.cancel': 'editor',
  'runs.compare': 'viewer',
  'runs.exportCsv': 'viewer',
  'runs.get': 'viewer',
  'runs.list': 'viewer',
  'runs.log': 'viewer',
  'runs.resync': 'editor',
  'runs.retryFailed': 'editor',
  'runs.skipped': 'viewer',
  'runs.start': 'editor',
  'runs.watch': 'viewer',
  'session.me': 'public',
  'session.permissions': 'signed_in',
  'session.switchWorkspace': 'signed_in',
  'setup.checkToken': 'public',
  'setup.createAdmin': 'public',
  'workspaces.create': 'signed_in',
  'workspaces.rename': 'admin',
  'members.list': 'viewer',
  'members.matrix': 'viewer',
  'members.setRole': 'admin',
  'members.remove': 'admin',
  'invitations.list': 'admin',
  'invitations.create': 'admin',
  'invitations.revoke': 'admin',
  'invitations.look': 'public',
  'invitations.accept': 'public',
  'apiKeys.list': 'admin',
  'apiKeys.create': 'admin',
  'apiKeys.revoke': 'admin',
  'settings.get': 'viewer',
  'settings.update': 'admin',
  'settings.hashKey': 'admin',
} as const satisfies Readonly<Record<string, Rule>>

export type ProcedurePath = keyof typeof policy

/** The rule of a procedure; undefined: there is none, and nobody may call it. */
export function ruleOf(path: string): Rule | undefined {
  return Object.hasOwn(policy, path) ? policy[path as ProcedurePath] : undefined
}
