import { Eye } from 'lucide-react'
import type { ReactNode } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import type { CatalogueObject } from '../document/catalogue.ts'
import type { ObjectSamples } from './sample-store.ts'

interface SampleButtonProps {
  readonly object: CatalogueObject
  /** Of an open object it says what it does; of a closed one it is a mark only. */
  readonly open: boolean
  readonly sampling: ObjectSamples['kind'] | undefined
  readonly onPress: (object: CatalogueObject) => void
}

/** Fetches sample values of an object's fields. Like all in the grid it is no tab stop: the row has a key for it. */
export function SampleButton({ object, open, sampling, onPress }: SampleButtonProps): ReactNode {
  const isLoading = sampling === 'loading'
  const word = words.samples.word[sampling ?? 'none']
  return (
    <button
      type="button"
      tabIndex={-1}
      disabled={isLoading}
      aria-label={words.samples.of(word, object.title)}
      title={words.samples.of(word, object.title)}
      onClick={() => onPress(object)}
      className="text-accent hover:bg-surface inline-flex h-6 min-w-6 shrink-0 items-center justify-center gap-1 rounded px-1"
    >
      <Eye aria-hidden size={14} className={isLoading ? 'animate-pulse' : undefined} />
      {open && <span className="hidden @md:inline">{word}</span>}
    </button>
  )
}
