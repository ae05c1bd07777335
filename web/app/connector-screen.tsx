import { type ReactNode, useState } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { startDraft } from '../connections/source-draft.ts'
import { SourceFields } from '../connections/source-fields.tsx'
import { ConnectorPage } from '../connectors/connector-page.tsx'

/** The page of a connector, with the very dialog that connections are made with. */
export function ConnectorScreen(): ReactNode {
  return <ConnectorPage drawForm={(form) => <DrawnForm key={JSON.stringify(form)} form={form} />} />
}

function DrawnForm({ form }: { readonly form: ConnectorForm }): ReactNode {
  const [draft, setDraft] = useState(() => startDraft(form, undefined))
  return <SourceFields connector={form} draft={draft} fixed={false} onChange={setDraft} />
}
