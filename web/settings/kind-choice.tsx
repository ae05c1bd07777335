import type { ReactNode } from 'react'
import type { Questions } from '../api/answers.ts'
import { settingsText } from '../strings/settings.ts'
import { Checkbox } from '../ui/checkbox.tsx'

const text = settingsText.alerts
export type AlertKind = Questions['alerts']['createChannel']['kinds'][number]
export const alertKinds = [
  'run_failed',
  'run_partial',
  'connection_needs_reauthorisation',
  'schema_change_waiting',
  'data_stale',
] as const satisfies readonly AlertKind[]

interface KindChoiceProps {
  readonly kinds: readonly AlertKind[]
  readonly onChange: (kinds: readonly AlertKind[]) => void
}

/** What a channel is told about. */
export function KindChoice({ kinds, onChange }: KindChoiceProps): ReactNode {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{text.about}</legend>
      <div className="flex flex-col gap-1">
        {alertKinds.map((one) => (
          <Checkbox
            key={one}
            label={text.eventKinds[one]}
            checked={kinds.includes(one)}
            onChange={(on) =>
              onChange(alertKinds.filter((each) => (each === one ? on : kinds.includes(each))))
            }
          />
        ))}
      </div>
      {kinds.length === 0 && (
        <p role="alert" className="text-bad mt-1">
          {text.aboutNothing}
        </p>
      )}
    </fieldset>
  )
}
