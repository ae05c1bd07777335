import { Database, Plug } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { connectionsText } from '../strings/connections.ts'
import { uiText } from '../strings/ui.ts'
import { moveFocusByArrows } from '../ui/arrow-focus.ts'
import { Input } from '../ui/input.tsx'

interface ConnectorChoiceProps {
  readonly connectors: readonly ConnectorForm[]
  readonly onChoose: (name: string) => void
}

const manyConnectors = 8

/** The connectors to choose from. */
export function ConnectorChoice({ connectors, onChoose }: ConnectorChoiceProps): ReactNode {
  const [query, setQuery] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const shown = connectors.filter(({ title, description }) =>
    `${title} ${description}`.toLowerCase().includes(query.toLowerCase()),
  )
  return (
    <>
      {connectors.length > manyConnectors && (
        <Input
          type="search"
          aria-label={uiText.search}
          placeholder={uiText.search}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => event.key === 'ArrowDown' && list.current?.querySelector('button')?.focus()}
          className="mb-3"
        />
      )}
      <ul ref={list} onKeyDown={moveFocusByArrows} className="grid gap-2 sm:grid-cols-2">
        {shown.map((connector, index) => (
          <li key={connector.name}>
            <ConnectorButton
              connector={connector}
              first={index === 0 && query === ''}
              onChoose={() => onChoose(connector.name)}
            />
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="text-muted py-6 text-center">{uiText.nothingMatches}</p>}
    </>
  )
}

interface ConnectorButtonProps {
  readonly connector: ConnectorForm
  /** Takes the focus when the choice appears. */
  readonly first: boolean
  readonly onChoose: () => void
}

function ConnectorButton({ connector, first, onChoose }: ConnectorButtonProps): ReactNode {
  const { kind, title, description, objects } = connector
  const Icon = kind === 'source' ? Plug : Database
  return (
    <button
      type="button"
      autoFocus={first}
      onClick={onChoose}
      className="hover:border-control hover:bg-canvas flex h-full w-full items-start gap-3 rounded-lg border p-3 text-left"
    >
      <span className="bg-accent-soft text-accent flex size-9 shrink-0 items-center justify-center rounded-md">
        <Icon aria-hidden size={18} />
      </span>
      <span className="min-w-0">
        <span className="block font-semibold">{title}</span>
        <span className="text-muted line-clamp-4">{description}</span>
        {kind === 'source' && (
          <span className="text-muted mt-1 block text-xs">{connectionsText.objectsOf(objects)}</span>
        )}
      </span>
    </button>
  )
}
