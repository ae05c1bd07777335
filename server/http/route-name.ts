import { ruleOf } from '../api/policy.ts'

/**
 * What a request asks for, as a name from a short list: for logs and metrics, where a path may not stand, because it is of someone's
 * choosing and may hold a token.
 */
export function routeName(path: string): string {
  const [, head = '', area = '', procedure = ''] = path.split('/')
  if (head === 'trpc') return area.includes(',') ? 'trpc batch' : known('trpc', area)
  if (head === 'api' && area === 'auth')
    return /^[a-z-]{1,20}$/.test(procedure) ? `auth ${authName(procedure)}` : 'auth other'
  if (head === 'api' && area === 'openapi.json') return 'openapi'
  if (head === 'api') return known('api', `${area}.${procedure}`)
  if (head === 'oauth') return 'oauth callback'
  return ['livez', 'readyz', 'metrics', 'assets'].includes(head) ? head : 'web'
}

function known(face: string, procedure: string): string {
  return ruleOf(procedure) === undefined ? `${face} other` : `${face} ${procedure}`
}

function authName(name: string): string {
  return ['sign-in', 'sign-out', 'change-password'].includes(name) ? name : 'other'
}
