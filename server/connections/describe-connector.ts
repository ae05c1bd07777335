import type { Connector } from '@penstock/connectors/load-connector.ts'
import type { Manifest, ObjectManifest } from '@penstock/schemas/generated/manifest.ts'
import type { DestinationType } from '../destinations/registry.ts'
import { readOAuthApp } from '../env.ts'
import { defaultRegion } from '../pipelines/validate-source.ts'
import { listFields } from './list-fields.ts'
import type { FieldDescription } from './list-fields.ts'
import { listMethods, listSettings } from './list-settings.ts'
import type { Method, SettingDescription } from './list-settings.ts'
import type { KnownConnector } from './open-own-connector.ts'

/** A connector, or a type of destination, as the connection form needs it. */
export interface ConnectorDescription {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly kind: 'source' | 'destination'
  /** The published version of a connector of the workspace's own. Null: it comes with Penstock. */
  readonly version: number | null
  readonly regions: {
    readonly name: string
    readonly title: string
    /** The API's host, with the setting's name in braces where that is its first label. */
    readonly api: string
    readonly residency: string | null
    /** False where an admin restricted this workspace to other regions. */
    readonly allowed: boolean
  }[]
  readonly defaultRegion: string | null
  readonly methods: Method[]
  /** Whether the operator registered an OAuth app for everyone here. */
  readonly installationProfile: boolean
  readonly settings: SettingDescription[]
  readonly scopes: { readonly scope: string; readonly title: string; readonly objects: string[] }[]
  readonly objects: number
  readonly notes: string[]
}

/** An object, as the editor offers it. */
export interface ObjectDescription {
  readonly object: string
  readonly title: string
  readonly description: string
  readonly group: 'core' | 'extended' | 'derived'
  readonly parent: string | null
  readonly mode: 'incremental' | 'full_refresh'
  /** Whether a pipeline may say from when on its records are picked up. */
  readonly startAt: boolean
  readonly primaryKey: string[]
  readonly checkpointField: string | null
  readonly scope: string | null
  readonly notes: string[]
  readonly recommended: boolean
  readonly fields: FieldDescription[]
}

/** A source, for a workspace whose admin allows these regions; all of them where `allowedRegions` is absent. */
export function describeSource(
  { manifest, version }: KnownConnector,
  allowedRegions: readonly string[] | undefined,
): ConnectorDescription {
  return {
    name: manifest.name,
    title: manifest.title,
    description: manifest.description ?? '',
    kind: 'source',
    version: version ?? null,
    regions: Object.entries(manifest.api.regions).map(([name, { title, api, residency }]) => ({
      name,
      title,
      api: typeof api === 'string' ? api : `https://{${api.setting}}.${api.domain}${api.path ?? ''}`,
      residency: residency ?? null,
      allowed: allowedRegions?.includes(name) ?? true,
    })),
    defaultRegion: defaultRegion(manifest),
    methods: listMethods(manifest),
    // The operator's app is for the hosts of what comes with Penstock: find-profile.ts.
    installationProfile: version === undefined && readOAuthApp(manifest.name) !== undefined,
    settings: listSettings(manifest),
    scopes: describeScopes(manifest),
    objects: Object.keys(manifest.objects).length,
    notes: (manifest.rateLimits?.budgets ?? []).map(
      ({ per, calls, seconds }) => `At most ${calls} requests in ${seconds} seconds, for each ${per}.`,
    ),
  }
}

/** The permissions that an API grants one by one. */
export function describeScopes({ scopes }: Manifest): ConnectorDescription['scopes'] {
  return Object.entries(scopes ?? {}).map(([scope, { title, objects }]) => ({
    scope,
    title,
    objects: [...objects],
  }))
}

/** A type of destination from the registry. */
export function describeDestination(
  name: string,
  { title, settings }: DestinationType,
): ConnectorDescription {
  return {
    name,
    title,
    description: '',
    kind: 'destination',
    version: null,
    regions: [],
    defaultRegion: null,
    methods: ['settings'],
    installationProfile: false,
    settings: Object.entries(settings).map(([setting, rule]) => ({
      name: setting,
      title: rule.title,
      description: null,
      secret: rule.secret === true,
      optional: rule.optional === true,
      default: null,
      methods: ['settings'],
    })),
    scopes: [],
    objects: 0,
    notes: [],
  }
}

/** All objects of a source, in the manifest's order. */
export function describeObjects(connector: Connector): ObjectDescription[] {
  return Object.entries(connector.manifest.objects).map(([object, manifest]) =>
    describeObject(connector, object, manifest),
  )
}

function describeObject(connector: Connector, object: string, manifest: ObjectManifest): ObjectDescription {
  const { read, checkpoint } = manifest
  const group = manifest.group ?? (read.type === 'derived' ? 'derived' : 'core')
  const scopes = Object.entries(connector.manifest.scopes ?? {})
  return {
    object,
    title: manifest.title,
    description: manifest.description ?? '',
    group,
    parent: read.type === 'list' ? null : read.parent,
    mode: manifest.mode,
    startAt: manifest.startDate === true,
    primaryKey: [...manifest.primaryKey],
    checkpointField: checkpoint?.field ?? null,
    scope: scopes.find(([, { objects }]) => objects.includes(object))?.[0] ?? null,
    notes: (manifest.notes ?? []).map(({ text }) => text),
    recommended: group === 'core',
    fields: listFields(object, connector),
  }
}
