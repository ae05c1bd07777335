import type { ComponentProps, ReactNode } from 'react'
import { DatabaseFields } from './database-fields.tsx'
import { SettingFields } from './setting-fields.tsx'

interface DestinationFieldsProps extends ComponentProps<typeof SettingFields> {
  /** The kind of destination. */
  readonly connector: string
}

/** What a destination has to be told: one field for each setting, and for a PostgreSQL database its parts. */
export function DestinationFields({ connector, ...fields }: DestinationFieldsProps): ReactNode {
  const { values, kept = false, onChange } = fields
  if (connector !== 'postgres') return <SettingFields {...fields} />
  return (
    <DatabaseFields
      address={values['url'] ?? ''}
      kept={kept}
      onChange={(url) => onChange({ ...values, url })}
    />
  )
}
