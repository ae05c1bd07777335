import type { ReactNode } from 'react'
import type { Role } from '../api/answers.ts'
import { appText } from '../strings/app.ts'
import { settingsText } from '../strings/settings.ts'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { roles } from '../api/roles.ts'

/** The roles by their names. */
export const roleOptions = roles.map((role) => ({ value: role, label: appText.roles[role] }))

interface RoleFieldProps {
  readonly role: Role
  readonly onChange: (role: Role) => void
}

/** Chooses a role. */
export function RoleField({ role, onChange }: RoleFieldProps): ReactNode {
  return (
    <Field label={settingsText.members.role}>
      {(control) => <Select {...control} value={role} options={roleOptions} onChange={onChange} />}
    </Field>
  )
}
