import { ShieldCheck } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { sourceStrings as words } from '../../strings/editor-source.ts'
import { Button } from '../../ui/button.tsx'
import { Input } from '../../ui/input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { toastDone } from '../../ui/toaster.tsx'
import { allOpenFields } from '../document/validate-draft-objects.ts'
import { useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { GridTab } from './grid-rows.ts'
import type { Grid } from './use-grid.ts'

const tabs: readonly GridTab[] = ['all', 'selected', 'hashed', 'open', 'changed']

/** Search, tabs, and the one button most people come for. */
export function GridToolbar({
  grid,
  readOnly,
}: {
  readonly grid: Grid
  readonly readOnly: boolean
}): ReactNode {
  const store = useEditorStore()
  const { catalogue } = useSurroundings()
  const hashAll = (): void => {
    const { content, run } = store.getState()
    const fields = allOpenFields(content.document, catalogue)
    const count = Object.values(fields).reduce((sum, paths) => sum + paths.length, 0)
    if (count > 0 && run({ type: 'setProtection', fields, protection: 'hash' }))
      toastDone(words.hashedAll(count, grid.counts.open - count))
  }
  return (
    <div className="flex flex-col gap-2 px-3 py-3">
      <div className="flex flex-wrap gap-2">
        <GridSearch onSearch={grid.search} />
        <Button
          look={grid.counts.open > 0 ? 'primary' : 'plain'}
          icon={ShieldCheck}
          disabled={readOnly}
          // Not disabled, so that whoever pressed it with a key is still here afterwards.
          aria-disabled={grid.counts.open === 0}
          className={grid.counts.open === 0 ? 'opacity-55' : ''}
          onClick={hashAll}
        >
          {words.hashAll(grid.counts.open)}
        </Button>
      </div>
      <Segmented
        label={words.grid}
        size="small"
        value={grid.tab}
        onChange={grid.setTab}
        options={tabs.map((tab) => ({ value: tab, label: words.gridTabs[tab](grid.counts[tab]) }))}
      />
    </div>
  )
}

/** Has its own text, so that a letter is there at once: the rows, of which there may be a hundred thousand, follow. */
function GridSearch({ onSearch }: { readonly onSearch: Grid['search'] }): ReactNode {
  const [text, setText] = useState('')
  return (
    <Input
      type="search"
      aria-label={words.searchFields}
      placeholder={words.searchFields}
      className="min-w-40 flex-1 basis-40"
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        onSearch(event.target.value)
      }}
    />
  )
}
