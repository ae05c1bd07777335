import type { ReactNode } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { classNames } from '../../ui/class-names.ts'
import type { CatalogueField, CatalogueObject } from '../document/catalogue.ts'
import type { ObjectChoice, Protection } from '../document/draft-document.ts'
import { protectionOf } from './grid-rows.ts'

interface ProtectionCellProps {
  readonly object: CatalogueObject
  readonly field: CatalogueField
  /** Undefined: the object is not in the pipeline. */
  readonly choice: ObjectChoice | undefined
  readonly readOnly: boolean
  readonly onPick: (protection: Protection) => void
}

/** What happens to a field: to be chosen, or why there is no choice. */
export function ProtectionCell({ object, field, choice, readOnly, onPick }: ProtectionCellProps): ReactNode {
  const { protection, inheritedFrom } = protectionOf(field.path, choice?.fields)
  return (
    <span role="gridcell" className="min-w-0">
      {choice === undefined ? (
        <span className="text-muted text-xs">{words.notSynced}</span>
      ) : field.keyReason !== undefined ? (
        <span className="text-muted text-xs" title={field.keyReason}>
          {words.keyLocked}
        </span>
      ) : inheritedFrom !== undefined ? (
        <span className="text-muted block truncate text-xs">
          {words.inherited[protection](inheritedFrom)}
        </span>
      ) : (
        <select
          tabIndex={-1}
          disabled={readOnly}
          aria-label={words.protectionFor(object.title, field.path)}
          value={protection}
          onChange={(event) => onPick(readProtection(event.target.value))}
          className={classNames(
            'h-[calc(var(--grid-row-height)-0.25rem)] max-h-7 w-full rounded-md border px-1.5 text-xs',
            tones[protection],
          )}
        >
          <option value="replicate">{words.protection.replicate}</option>
          <option value="hash">{words.protection.hash}</option>
          <option value="exclude">{words.protection.exclude}</option>
        </select>
      )}
    </span>
  )
}

const tones: Readonly<Record<Protection, string>> = {
  replicate: 'bg-surface border-control text-text',
  hash: 'bg-ok-soft border-ok text-ok font-medium',
  exclude: 'bg-idle-soft border-control text-idle',
}

function readProtection(value: string): Protection {
  return value === 'hash' || value === 'exclude' ? value : 'replicate'
}
