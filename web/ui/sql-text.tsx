import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { CopyButton } from './copy-button.tsx'

interface SqlTextProps {
  readonly statements: readonly string[]
  /** What the text is, for who does not see it. */
  readonly label: string
  readonly copyLabel: string
  /** How tall it may become before it scrolls. */
  readonly className: string
}

/** Statements to be read and copied, each ended by a semicolon, with a line between two. */
export function SqlText({ statements, label, copyLabel, className }: SqlTextProps): ReactNode {
  const text = statements.map((sql) => `${sql.replace(/;?\s*$/, '')};`).join('\n\n')
  return (
    <div className="bg-subtle relative rounded-lg border">
      <div className="absolute top-1 right-1">
        <CopyButton text={text} label={copyLabel} />
      </div>
      {/* A long text scrolls, so the keyboard has to be able to get there. */}
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className={classNames(
          'overflow-auto p-3 pr-12 font-mono text-xs break-words whitespace-pre-wrap',
          className,
        )}
      >
        {text}
      </pre>
    </div>
  )
}
