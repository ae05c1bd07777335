import { Lightbulb } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { uiText } from '../../strings/ui.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Input } from '../../ui/input.tsx'
import { findObject } from '../document/catalogue.ts'
import type { Catalogue, SavedConnection } from '../document/catalogue.ts'
import { offerObjects, parentsOf, recommendedObjects } from './object-choices.ts'
import type { OfferedGroup } from './object-choices.ts'
import { OfferedLine } from './offered-line.tsx'

interface AddObjectsProps {
  readonly catalogue: Catalogue
  readonly chosen: ReadonlySet<string>
  readonly connection: SavedConnection | undefined
  readonly onAdd: (objects: readonly string[]) => void
  readonly onClose: () => void
}

/** Offers what the connector has, by group, with mode, start, scope and sensitive fields of each. Recommended objects are picked already. */
export function AddObjects({ catalogue, chosen, connection, onAdd, onClose }: AddObjectsProps): ReactNode {
  const recommended = recommendedObjects(catalogue, connection).filter((name) => !chosen.has(name))
  const [picked, setPicked] = useState<ReadonlySet<string>>(
    () => new Set(chosen.size === 0 ? recommended : []),
  )
  const [query, setQuery] = useState('')
  const groups = offerObjects(catalogue, chosen, query, connection)
  const parents = parentsOf(catalogue, picked, chosen)
  const all = [...parents, ...picked]
  const pick = (name: string, on: boolean): void =>
    setPicked(on ? new Set([...picked, name]) : without(picked, name))
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={words.addObjects}
      description={words.addObjectsHint}
      width="wide"
      footer={
        <>
          {parents.length > 0 && (
            <p role="status" className="text-muted mr-auto flex min-w-0 items-start gap-1.5">
              <Lightbulb aria-hidden size={14} className="mt-0.5 shrink-0" />
              {words.parentComes(
                parents.map((name) => findObject(catalogue, name)?.title ?? name).join(', '),
              )}
            </p>
          )}
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <Button look="primary" disabled={all.length === 0} onClick={() => onAdd(inOrder(catalogue, all))}>
            {words.add(all.length)}
          </Button>
        </>
      }
    >
      <Search
        query={query}
        recommended={recommended.length}
        nothingPicked={picked.size === 0}
        onQuery={setQuery}
        onRecommended={() => setPicked(new Set([...picked, ...recommended]))}
        onClear={() => setPicked(new Set())}
      />
      <OfferedGroups groups={groups} picked={picked} onPick={pick} />
      {groups.length === 0 && (
        <p className="text-muted py-8 text-center">{query ? words.nothing : words.allChosen}</p>
      )}
    </Dialog>
  )
}

interface OfferedGroupsProps {
  readonly groups: readonly OfferedGroup[]
  readonly picked: ReadonlySet<string>
  readonly onPick: (name: string, on: boolean) => void
}

function OfferedGroups({ groups, picked, onPick }: OfferedGroupsProps): ReactNode {
  return groups.map(({ group, objects }) => (
    <section key={group} className="mt-2">
      <h3 className="text-muted py-1 text-xs font-semibold">{words.groups[group]}</h3>
      <ul className="divide-y rounded-lg border">
        {objects.map((offered) => (
          <OfferedLine
            key={offered.object.name}
            offered={offered}
            picked={picked.has(offered.object.name)}
            onPick={(on) => onPick(offered.object.name, on)}
          />
        ))}
      </ul>
    </section>
  ))
}

interface SearchProps {
  readonly query: string
  readonly recommended: number
  readonly nothingPicked: boolean
  readonly onQuery: (query: string) => void
  readonly onRecommended: () => void
  readonly onClear: () => void
}

function Search({ query, recommended, nothingPicked, onQuery, ...acts }: SearchProps): ReactNode {
  return (
    <div className="bg-surface sticky -top-4 z-10 -mx-5 -mt-4 flex flex-wrap gap-2 px-5 pt-4 pb-3">
      <Input
        type="search"
        autoFocus
        aria-label={words.search}
        placeholder={words.search}
        className="min-w-40 flex-1"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
      />
      {recommended > 0 && <Button onClick={acts.onRecommended}>{words.recommended(recommended)}</Button>}
      <Button look="quiet" disabled={nothingPicked} onClick={acts.onClear}>
        {words.clear}
      </Button>
    </div>
  )
}

function without(set: ReadonlySet<string>, value: string): ReadonlySet<string> {
  return new Set([...set].filter((one) => one !== value))
}

/** The catalogue's own order, so that parents come before what is read out of them. */
function inOrder({ objects }: Catalogue, names: readonly string[]): readonly string[] {
  return objects.map(({ name }) => name).filter((name) => names.includes(name))
}
