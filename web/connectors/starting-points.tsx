import { useMutation, useQuery } from '@tanstack/react-query'
import { Copy, FilePlus2, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { api, apiClient, sentenceOf } from '../api/client.ts'
import { connectorsText } from '../strings/connectors.ts'
import { moveFocusByArrows } from '../ui/arrow-focus.ts'
import { Loaded } from '../ui/loaded.tsx'
import { toastFailed } from '../ui/toaster.tsx'
import type { ConnectorFiles } from './kept-files.ts'
import { renamed } from './manifest-file.ts'
import { startingFiles } from './starting-manifest.ts'

interface StartingPointsProps {
  readonly onChoose: (files: ConnectorFiles) => void
}

/** What a new connector can begin with: nearly nothing, or a copy of one that is there. */
export function StartingPoints({ onChoose }: StartingPointsProps): ReactNode {
  const list = useQuery(api.connectors.list.queryOptions())
  const copy = useMutation({
    mutationFn: (name: string) => apiClient.connectors.source.query({ name }),
    onSuccess: ({ manifest, records }, name) =>
      onChoose({ manifest: renamed(manifest, `${name}_ours`), records }),
    onError: (error) => toastFailed(sentenceOf(error)),
  })
  return (
    <ul onKeyDown={moveFocusByArrows} className="grid max-w-4xl gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <StartingPoint
        icon={FilePlus2}
        title={connectorsText.startEmpty}
        hint={connectorsText.startEmptyHint}
        onChoose={() => onChoose(startingFiles)}
      />
      <Loaded query={list} sentence={sentenceOf}>
        {(connectors) =>
          connectors
            .filter(({ kind }) => kind === 'source')
            .map(({ name, title, description }) => (
              <StartingPoint
                key={name}
                icon={Copy}
                title={connectorsText.copyOf(title)}
                hint={description}
                onChoose={() => copy.mutate(name)}
              />
            ))
        }
      </Loaded>
    </ul>
  )
}

interface StartingPointProps {
  readonly icon: LucideIcon
  readonly title: string
  readonly hint: string
  readonly onChoose: () => void
}

function StartingPoint({ icon: Icon, title, hint, onChoose }: StartingPointProps): ReactNode {
  return (
    <li>
      <button
        type="button"
        onClick={onChoose}
        className="bg-surface hover:border-control flex h-full w-full items-start gap-3 rounded-lg border p-4 text-left"
      >
        <Icon aria-hidden size={18} className="text-accent mt-0.5 shrink-0" />
        <span>
          <span className="block font-semibold">{title}</span>
          <span className="text-muted line-clamp-3">{hint}</span>
        </span>
      </button>
    </li>
  )
}
