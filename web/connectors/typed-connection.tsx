import type { ReactNode } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'

/** A connection that is nowhere but on this page. */
export interface TypedSettings {
  readonly region: string | undefined
  readonly settings: Readonly<Record<string, string>>
}

interface TypedConnectionProps {
  readonly form: ConnectorForm
  readonly typed: TypedSettings
  readonly onChange: (typed: TypedSettings) => void
}

/** What the manifest as it stands asks for, to try it before it is published. */
export function TypedConnection({ form, typed, onChange }: TypedConnectionProps): ReactNode {
  const regions = form.regions.filter(({ allowed }) => allowed)
  return (
    <fieldset className="space-y-3 rounded-lg border px-3 pb-3">
      <legend className="px-1 font-semibold">{connectorsText.typedTitle}</legend>
      <p className="text-muted -mt-2">{connectorsText.typedHint}</p>
      {regions.length > 1 && (
        <Field label={connectorsText.region}>
          {(control) => (
            <Select
              {...control}
              value={regionOf(form, typed)}
              options={regions.map(({ name, title }) => ({ value: name, label: title }))}
              onChange={(region) => onChange({ ...typed, region })}
            />
          )}
        </Field>
      )}
      {askedFor(form).map(({ name, title, description, secret, optional, default: usual }) => (
        <TextField
          key={name}
          label={title}
          hint={description ?? ''}
          type={secret ? 'password' : 'text'}
          autoComplete={secret ? 'new-password' : 'off'}
          spellCheck={false}
          required={!optional && usual === null}
          placeholder={usual ?? undefined}
          value={typed.settings[name] ?? ''}
          onChange={(value) => onChange({ ...typed, settings: { ...typed.settings, [name]: value } })}
        />
      ))}
    </fieldset>
  )
}

/** What is sent of it. A setting that the manifest asks for no more is left out. */
export function readTyped(
  form: ConnectorForm,
  typed: TypedSettings,
): { readonly region?: string; readonly settings: Record<string, string> } {
  const region = regionOf(form, typed)
  const filled = askedFor(form).flatMap(({ name }) => {
    const value = typed.settings[name]
    return value ? [[name, value] as const] : []
  })
  return { settings: Object.fromEntries(filled), ...(region === '' ? {} : { region }) }
}

function askedFor({ settings }: ConnectorForm): ConnectorForm['settings'] {
  return settings.filter(({ methods }) => methods.includes('settings'))
}

function regionOf(form: ConnectorForm, { region }: TypedSettings): string {
  const known = form.regions.some(({ name }) => name === region)
  return (known ? region : form.defaultRegion) ?? ''
}
