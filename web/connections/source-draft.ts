import type { Connection, ConnectorForm } from '../api/answers.ts'
import { withoutMarks } from '../strings/catalogue.ts'
import { connectionsText } from '../strings/connections.ts'
import { freeName } from './free-name.ts'

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

/** What a form has to know before it opens. */
export interface FormStart {
  /** There is an OAuth app to sign in with. */
  readonly canSignIn: boolean
  /** What the connections are called that are there. */
  readonly taken: readonly string[]
}

/** The form as it opens: the connector's defaults, or what the connection was. `taken`: what other connections are called. */
export function startDraft(
  connector: ConnectorForm,
  previous: Connection | undefined,
  { canSignIn, taken }: FormStart,
): SourceDraft {
  const defaults = connector.settings.flatMap((setting) =>
    setting.default === null ? [] : [[setting.name, setting.default] as const],
  )
  return {
    name: previous?.name ?? freeName(withoutMarks(connectionsText.nameOf(connector.title)), taken),
    projectId: previous?.projectId ?? '',
    region:
      previous?.region ??
      (
        connector.regions.find(({ name, allowed }) => allowed && name === connector.defaultRegion) ??
        connector.regions.find(({ allowed }) => allowed)
      )?.name ??
      '',
    method: previous?.method ?? firstMethod(connector, canSignIn),
    profileId: previous?.oauthProfile?.id ?? '',
    scopes: new Set(previous?.grantedScopes ?? connector.scopes.map(({ scope }) => scope)),
    settings: Object.fromEntries(defaults),
    apiBaseUrl: previous?.settings['apiBaseUrl'] ?? '',
  }
}

/** A sign-in is easiest; where it cannot work, or there is none, it is a token. */
function firstMethod({ methods }: ConnectorForm, canSignIn: boolean): SourceDraft['method'] {
  return methods.includes('oauth') && (canSignIn || !methods.includes('settings')) ? 'oauth' : 'settings'
}

/** The settings that were said; those left empty are absent. */
export function saidSettings(settings: SourceDraft['settings']): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value.trim() !== ''))
}
