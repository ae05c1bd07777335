import { isDeepStrictEqual } from 'node:util'
import { listRequests } from '@penstock/connectors/check/list-places.ts'
import type { Connector } from '@penstock/connectors/read-connector.ts'
import { listHosts } from '../connections/list-hosts.ts'
import type { NamedHost } from '../connections/list-hosts.ts'
import { listMethods, listSettings } from '../connections/list-settings.ts'
import { compareObjects } from './compare-objects.ts'
import type { ChangeKind, ConnectorChange } from './connector-change.ts'

/**
 * What is different in `after` beside `before`, as it matters to the connections and pipelines that use it; what breaks them comes first. Both
 * are sound. Empty: nothing that a connection or a pipeline could notice, though a text may read differently.
 */
export function compareConnectors(before: Connector, after: Connector): readonly ConnectorChange[] {
  const changes = [
    ...compareHosts(before, after),
    ...comparePosts(before, after),
    ...compareAccess(before, after),
    ...compareObjects(before, after),
  ]
  return [...changes.filter(({ breaking }) => breaking), ...changes.filter(({ breaking }) => !breaking)]
}

function change(kind: ChangeKind, sentence: string): ConnectorChange {
  return { kind, breaking: true, object: null, sentence }
}

/** Where a saved secret goes is what an admin decides by publishing. */
function compareHosts(before: Connector, after: Connector): readonly ConnectorChange[] {
  const known = new Set(listHosts(before).map(toldHost))
  const added = [...new Set(listHosts(after).map(toldHost))].filter((told) => !known.has(told))
  const regions = Object.keys(before.manifest.api.regions)
  const gone = regions.filter((region) => !Object.hasOwn(after.manifest.api.regions, region))
  return [
    ...added.map((told) => change('host_added', told)),
    ...gone.map((region) =>
      change('region_removed', `The region ${region} is gone; its connections stop working.`),
    ),
  ]
}

/** What a host is for, as a sentence about one that is new. */
function toldHost({ pointer, url }: NamedHost): string {
  const origin = new URL(url).origin
  return /\/authorize(?:Url)?$/.test(pointer)
    ? `Whoever connects is sent to ${origin} to agree, which nobody was before.`
    : `Secrets of connections go to ${origin}, where they did not before.`
}

function comparePosts(before: Connector, after: Connector): readonly ConnectorChange[] {
  const known = new Set(postsOf(before))
  return [...new Set(postsOf(after))]
    .filter((path) => !known.has(path))
    .map((path) => change('post_added', `Requests are posted to ${path}, which none were before.`))
}

function postsOf(connector: Connector): readonly string[] {
  return listRequests(connector)
    .filter(({ request }) => request.method === 'POST')
    .map(({ request }) => request.path)
}

function compareAccess(before: Connector, after: Connector): readonly ConnectorChange[] {
  const offered = new Set<string>(listMethods(after.manifest))
  const lost = listMethods(before.manifest).filter((method) => !offered.has(method))
  const known = new Set(listSettings(before.manifest).map(({ name }) => name))
  const needed = listSettings(after.manifest).filter(
    ({ name, optional, default: value }) => !known.has(name) && !optional && value === null,
  )
  const asked = before.manifest.authentication
  const same = isDeepStrictEqual(asked, after.manifest.authentication)
  return [
    ...needed.map(({ title, name }) =>
      change(
        'setting_required',
        `Connections need “${title}” (${name}), which those that exist do not have.`,
      ),
    ),
    ...lost.map((method) =>
      change(
        'access_changed',
        method === 'oauth'
          ? 'OAuth is no longer offered.'
          : 'Connecting with a key or token is no longer offered.',
      ),
    ),
    ...(same || lost.length > 0
      ? []
      : [change('access_changed', 'How a connection proves who is asking is different.')]),
  ]
}
