import type { ReactNode } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { Input } from '../../ui/input.tsx'
import { findObject } from '../document/catalogue.ts'
import type { CatalogueObject } from '../document/catalogue.ts'
import { pointerTo } from '../document/json-pointer.ts'
import { problemsAt } from '../document/problem.ts'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'

interface StartAtProps {
  readonly object: CatalogueObject
}

/** From when on records of an object are picked up: a date, or why it has none. A date-time given in YAML is shown and kept until it is changed. */
export function StartAt({ object }: StartAtProps): ReactNode {
  const store = useEditorStore()
  const { problems, catalogue } = useSurroundings()
  const startAt = useEditor((state) => state.content.document.objects[object.name]?.startAt)
  const readOnly = useEditor((state) => state.readOnly)
  if (!object.startDate && startAt === undefined) {
    const parent = object.parent === undefined ? undefined : findObject(catalogue, object.parent)
    const why =
      object.noStartDate ?? (parent ? words.readOutOf(parent.title) : words.wholeEachTime[object.mode])
    return <span className="text-muted text-xs">{why}</span>
  }
  const [problem] = problemsAt(problems, pointerTo('objects', object.name, 'startAt'))
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="text-muted text-xs">
        {words.startAtShort} {startAt === undefined && words.startAtNone}
      </span>
      <Input
        type="date"
        disabled={readOnly}
        aria-label={words.startAtFor(object.title)}
        aria-invalid={problem ? true : undefined}
        title={problem?.message ?? words.startAt}
        className="w-36! max-sm:w-44!"
        value={startAt?.slice(0, 10) ?? ''}
        onChange={(event) =>
          store.getState().run({
            type: 'setStartAt',
            object: object.name,
            ...(event.target.value ? { startAt: event.target.value } : {}),
          })
        }
      />
    </span>
  )
}
