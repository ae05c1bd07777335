import type { ConnectorProblem } from '../manifest-problems.ts'
import type { Connector } from '../read-connector.ts'
import { problemAt, type Steps } from './problem-at.ts'

const fix =
  'Declare a setting with secret: true, and name it under authentication. Replace this key at the API: it may have been seen.'

/** Values that are secrets themselves: a manifest is read by everyone, so it only ever names settings. */
export function* checkSecrets({ manifest }: Connector): Generator<ConnectorProblem> {
  for (const [name, setting] of Object.entries(manifest.settings ?? {})) {
    if (setting.secret === true && looksSecret(setting.default))
      yield problemAt(['settings', name, 'default'], 'This looks like a secret itself.', fix)
  }
  yield* visit(manifest.api.headers, ['api', 'headers'])
  yield* visit(manifest.check.request, ['check', 'request'])
  for (const [object, { read }] of Object.entries(manifest.objects))
    yield* visit(read, ['objects', object, 'read'])
}

/** Whether a text is as long and as mixed as keys are. What it is must not be quoted then. */
export function looksSecret(text: unknown): boolean {
  return typeof text === 'string' && /^(?=.*\d)(?=.*[a-z])[\w.\-+/=~]{20,}$/i.test(text)
}

function* visit(value: unknown, steps: Steps): Generator<ConnectorProblem> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const at = [...steps, key]
    if (typeof inner !== 'string') yield* visit(inner, at)
    else if (isCredential(key, inner)) yield problemAt(at, 'This looks like a secret itself.', fix)
  }
}

/** A header for credentials never has a value of its own; a parameter that is named like one, where it looks secret. */
function isCredential(name: string, value: string): boolean {
  if (/^(?:proxy-)?authorization$/i.test(name)) return true
  return /key|token|secret|password|auth|signature/i.test(name) && looksSecret(value.replace(/^\w+ /, ''))
}
