import type { Connector } from '@penstock/connectors/read-connector.ts'
import type { ConnectorProblem } from '@penstock/connectors/manifest-problems.ts'
import { isListedHost } from '../egress/allowed-hosts.ts'
import { isPublicHost } from '../egress/public-addresses.ts'
import { listHosts } from './list-hosts.ts'

/**
 * What is wrong with the hosts that a manifest sends requests and secrets to: each must be on the public internet and be spoken to over HTTPS,
 * unless the operator listed it. What a name stands for is judged once more when it is connected to (egress/public-addresses.ts).
 */
export function judgeHosts(
  connector: Connector,
  allowedHosts: readonly string[],
): readonly ConnectorProblem[] {
  return listHosts(connector).flatMap(({ pointer, url: text }) => {
    const complaint = URL.canParse(text) ? complain(new URL(text), allowedHosts) : 'This is no URL.'
    return complaint === undefined ? [] : [{ file: 'manifest.yaml', pointer, message: complaint, fix }]
  })
}

const fix =
  'Name a public host with https; or let the operator of this Penstock list it in PENSTOCK_ALLOWED_HOSTS.'

function complain(url: URL, allowedHosts: readonly string[]): string | undefined {
  if (isListedHost(url, allowedHosts)) return undefined
  if (!isPublicHost(url.hostname)) return `The host ${url.host} is not on the public internet.`
  return url.protocol === 'https:' ? undefined : `Secrets would go to ${url.host} unencrypted.`
}
