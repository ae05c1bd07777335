import { type ReactNode, useState } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { startDraft } from '../connections/source-draft.ts'
import { SourceFields } from '../connections/source-fields.tsx'

/** The fields of a connection of this connector, to be looked at: what is filled in goes nowhere. */
export function DrawnForm({ form }: { readonly form: ConnectorForm }): ReactNode {
  const [draft, setDraft] = useState(() => startDraft(form, undefined, { canSignIn: true, taken: [] }))
  return <SourceFields connector={form} draft={draft} fixed={false} kept={false} onChange={setDraft} />
}
