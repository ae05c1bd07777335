import type { Connection, ConnectorForm } from '../api/answers.ts'
import { connectionsText } from '../strings/connections.ts'

/** What the person has said so far about the connection to be. */
export interface SourceDraft {
  readonly name: string
  readonly projectId: string
  readonly region: string
  readonly method: 'oauth' | 'settings'
  readonly profileId: string
  readonly scopes: ReadonlySet<string>
  readonly settings: Readonly<Record<string, string>>
  readonly apiBaseUrl: string
}

/** The form as it opens: the connector's defaults, or what the connection was. */
export function startDraft(connector: ConnectorForm, previous: Connection | undefined): SourceDraft {
  const defaults = connector.settings.flatMap((setting) =>
    setting.default === null ? [] : [[setting.name, setting.default] as const],
  )
  return {
    name: previous?.name ?? connectionsText.nameOf(connector.title),
    projectId: previous?.projectId ?? '',
    region:
      previous?.region ??
      (
        connector.regions.find(({ name, allowed }) => allowed && name === connector.defaultRegion) ??
        connector.regions.find(({ allowed }) => allowed)
      )?.name ??
      '',
    method: previous?.method ?? (connector.methods.includes('oauth') ? 'oauth' : 'settings'),
    profileId: previous?.oauthProfile?.id ?? '',
    scopes: new Set(previous?.grantedScopes ?? connector.scopes.map(({ scope }) => scope)),
    settings: Object.fromEntries(defaults),
    apiBaseUrl: previous?.settings['apiBaseUrl'] ?? '',
  }
}

/** The settings that were said; those left empty are absent. */
export function saidSettings(settings: SourceDraft['settings']): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value.trim() !== ''))
}
