import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { api } from '../api/client.ts'
import { connectionsText } from '../strings/connections.ts'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { RegionChoice } from './region-choice.tsx'
import { ScopeChoice } from './scope-choice.tsx'
import { SettingFields } from './setting-fields.tsx'
import type { SourceDraft } from './source-draft.ts'

interface SourceFieldsProps {
  readonly connector: ConnectorForm
  readonly draft: SourceDraft
  /** An existing connection keeps its region and its way of signing in. */
  readonly fixed: boolean
  /** It has a secret still, that an empty field leaves as it is. */
  readonly kept: boolean
  readonly onChange: (draft: SourceDraft) => void
}

/** The fields of a connection to an API: name, project, region, how to sign in, what to ask for. */
export function SourceFields({ connector, draft, fixed, kept, onChange }: SourceFieldsProps): ReactNode {
  const change = (part: Partial<SourceDraft>): void => onChange({ ...draft, ...part })
  const fields = connector.settings.filter(({ methods }) => methods.includes(draft.method))
  return (
    <>
      <NameAndProject draft={draft} change={change} />
      {connector.regions.length > 1 && (
        <RegionChoice
          connector={connector}
          region={draft.region}
          fixed={fixed}
          elsewhere={draft.apiBaseUrl.trim()}
          onChange={(region) => change({ region })}
        />
      )}
      {connector.methods.length > 1 && (
        <MethodChoice connector={connector} draft={draft} fixed={fixed} change={change} />
      )}
      {draft.method === 'oauth' ? (
        <>
          <ProfileChoice
            connector={connector}
            profileId={draft.profileId}
            elsewhere={draft.apiBaseUrl.trim() !== ''}
            onChange={(profileId) => change({ profileId })}
          />
          {connector.scopes.length > 0 && (
            <ScopeChoice
              scopes={connector.scopes}
              chosen={draft.scopes}
              onChange={(scopes) => change({ scopes })}
            />
          )}
        </>
      ) : null}
      {fields.length > 0 && (
        <SettingFields
          settings={fields}
          values={draft.settings}
          kept={kept}
          onChange={(settings) => change({ settings })}
        />
      )}
      <details className="group">
        <summary className="text-muted hover:text-text w-fit font-medium">{connectionsText.advanced}</summary>
        <div className="mt-2">
          <TextField
            label={connectionsText.apiBaseUrl}
            hint={connectionsText.apiBaseUrlHint}
            type="url"
            value={draft.apiBaseUrl}
            onChange={(apiBaseUrl) => change({ apiBaseUrl })}
          />
        </div>
      </details>
    </>
  )
}

interface NameAndProjectProps {
  readonly draft: SourceDraft
  readonly change: (part: Partial<SourceDraft>) => void
}

function NameAndProject({ draft, change }: NameAndProjectProps): ReactNode {
  const projects = useQuery(api.projects.list.queryOptions(undefined, { staleTime: 60_000 }))
  const options = projects.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label={connectionsText.name}
        hint={connectionsText.nameHint}
        required
        autoComplete="off"
        value={draft.name}
        onChange={(name) => change({ name })}
      />
      <Field label={connectionsText.project}>
        {(control) => (
          <Select
            {...control}
            value={draft.projectId}
            options={[{ value: '', label: connectionsText.noProject }, ...options]}
            onChange={(projectId) => change({ projectId })}
          />
        )}
      </Field>
    </div>
  )
}

interface ProfileChoiceProps {
  readonly connector: ConnectorForm
  readonly profileId: string
  /** Another address than the API's own, as a sandbox has it, may bring its own app. */
  readonly elsewhere: boolean
  readonly onChange: (profileId: string) => void
}

function ProfileChoice({ connector, profileId, elsewhere, onChange }: ProfileChoiceProps): ReactNode {
  const profiles = useQuery(api.oauthProfiles.list.queryOptions())
  const settings = useQuery(api.settings.get.queryOptions())
  const allowed = settings.data?.installationProfileAllowed !== false
  const own = elsewhere || (allowed && connector.installationProfile)
  const mine = profiles.data?.filter((profile) => profile.connector === connector.name) ?? []
  // Without an app of Penstock's own there is no empty choice: the first profile is the one.
  const only = settings.isSuccess && !own ? mine[0]?.id : undefined
  const choose = useEffectEvent(onChange)
  useEffect(() => {
    if (profileId === '' && only !== undefined) choose(only)
  }, [profileId, only])
  if (profiles.isSuccess && mine.length === 0)
    return own ? null : <Notice tone="warn">{connectionsText.profileMissing}</Notice>
  return (
    <Field label={connectionsText.profile} hint={connectionsText.profileHint}>
      {(control) => (
        <Select
          {...control}
          value={profileId}
          options={[
            ...(own ? [{ value: '', label: connectionsText.profileDefault }] : []),
            ...mine.map(({ id, name, clientIdTail }) => ({ value: id, label: `${name} (…${clientIdTail})` })),
          ]}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

interface MethodChoiceProps extends NameAndProjectProps {
  readonly connector: ConnectorForm
  readonly fixed: boolean
}

function MethodChoice({ connector, draft, fixed, change }: MethodChoiceProps): ReactNode {
  return (
    <div>
      <div className="mb-1 font-medium">{connectionsText.method}</div>
      <Segmented
        label={connectionsText.method}
        value={draft.method}
        disabled={fixed}
        options={connector.methods.map((method) => ({
          value: method,
          label: connectionsText.methods[method],
        }))}
        onChange={(method) => change({ method })}
      />
    </div>
  )
}
