import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

export interface SecretOnceProps {
  readonly label: string
  readonly hint: string
  readonly copyLabel: string
  readonly value: string
  /** It was copied, with the button or by hand. */
  readonly onCopied?: () => void
}

/** Something that is shown only now: to be copied before the dialog closes. */
export function SecretOnce({
  label,
  hint,
  copyLabel,
  value,
  onCopied = () => {},
}: SecretOnceProps): ReactNode {
  return (
    <div>
      <div className="mb-1 font-medium">{label}</div>
      <div className="bg-subtle flex items-center gap-1 rounded-md p-1 pl-2.5">
        <code onCopy={onCopied} className="min-w-0 flex-1 font-mono text-xs break-all select-all">
          {value}
        </code>
        <CopyButton text={value} label={copyLabel} onCopied={onCopied} />
      </div>
      <p className="text-muted mt-1">{hint}</p>
    </div>
  )
}
