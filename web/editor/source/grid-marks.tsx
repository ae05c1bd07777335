import { KeyRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { toneClasses } from '../../ui/badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import type { CatalogueField } from '../document/catalogue.ts'

/** What a person should know of a field before protecting it: a key, sensitive, new. */
export function FieldMarks({ field }: { readonly field: CatalogueField }): ReactNode {
  return (
    <>
      {field.keyReason && (
        <span title={field.keyReason} className="text-muted inline-flex items-center gap-0.5 text-xs">
          <KeyRound aria-hidden size={12} />
          {words.key}
        </span>
      )}
      {field.sensitive && <span className={classNames(tag, toneClasses.warn)}>{words.sensitiveTag}</span>}
      {field.discovered && <span className={classNames(tag, toneClasses.review)}>{words.newField}</span>}
    </>
  )
}

const tag = 'inline-flex h-4 items-center rounded-full px-1.5 text-xs font-medium whitespace-nowrap'
