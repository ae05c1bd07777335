import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { api, sentenceOf } from '../api/client.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Loaded } from '../ui/loaded.tsx'
import type { Tab } from '../ui/tabs.tsx'
import { ObjectsTab } from './objects-tab.tsx'
import { FormTab, guideTab, notesTab, OutcomeFrame, type OutcomeTab } from './outcome.tsx'

const text = connectorsText.tabs

interface ReaderOutcomeProps {
  readonly name: string
  readonly readme: string
  readonly drawForm: (form: ConnectorForm) => ReactNode
}

/** For whoever may read a manifest and not check it: what the version in use makes. */
export function ReaderOutcome({ name, readme, drawForm }: ReaderOutcomeProps): ReactNode {
  const [tab, setTab] = useState<OutcomeTab>('objects')
  const tabs: readonly Tab<OutcomeTab>[] = [
    { name: 'objects', label: text.objects, content: <KnownObjects name={name} /> },
    { name: 'form', label: text.form, content: <KnownForm name={name} drawForm={drawForm} /> },
    guideTab,
    ...(readme ? [notesTab(readme)] : []),
  ]
  return <OutcomeFrame tabs={tabs} value={tab} onChange={setTab} />
}

function KnownObjects({ name }: Pick<ReaderOutcomeProps, 'name'>): ReactNode {
  const known = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  const isInUse = known.data?.some((connector) => connector.name === name) ?? false
  const detail = useQuery(api.connectors.get.queryOptions({ name }, { enabled: isInUse }))
  if (known.isSuccess && !isInUse) return <p className="text-muted p-4">{connectorsText.notInUse}</p>
  return (
    <Loaded query={detail} sentence={sentenceOf} rows={8}>
      {({ objects }) => <ObjectsTab objects={objects} />}
    </Loaded>
  )
}

function KnownForm({ name, drawForm }: Omit<ReaderOutcomeProps, 'readme'>): ReactNode {
  const known = useQuery(api.connectors.list.queryOptions(undefined, { staleTime: 60_000 }))
  return (
    <Loaded query={known} sentence={sentenceOf} rows={8}>
      {(all) => {
        const form = all.find((connector) => connector.name === name)
        if (!form) return <p className="text-muted p-4">{connectorsText.notInUse}</p>
        return <FormTab form={form} drawForm={drawForm} />
      }}
    </Loaded>
  )
}
