import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { api, queryClient } from '../api/client.ts'
import { useMay } from '../api/session.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { connectorsText } from '../strings/connectors.ts'
import { NoPermission } from '../ui/error-banner.tsx'
import { Page } from '../ui/page.tsx'
import { toastDone } from '../ui/toaster.tsx'
import { handOver, writingPlace } from './first-save.ts'
import { type ConnectorFiles, keepFiles, keptFiles } from './kept-files.ts'
import { StartingPoints } from './starting-points.tsx'
import type { Saved } from './use-saving.ts'
import { Workbench } from './workbench.tsx'

interface NewConnectorProps {
  readonly drawForm: (form: ConnectorForm) => ReactNode
}

/** A connector that is nowhere but in this browser yet. Once it is saved it has a page of its own. */
export function NewConnector({ drawForm }: NewConnectorProps): ReactNode {
  const navigate = useNavigate()
  const mayWrite = useMay()('connectors.saveDraft')
  const [files, setFiles] = useState<ConnectorFiles | undefined>(() => keptFiles('new'))
  const [chosen, setChosen] = useState(0)
  // Whoever has chosen what to begin with goes on with writing.
  useEffect(() => {
    if (chosen > 0) document.querySelector<HTMLElement>('.cm-content')?.focus({ preventScroll: true })
  }, [chosen])
  if (!mayWrite)
    return (
      <Page title={connectorsText.newTitle}>
        <NoPermission message={connectorsText.newNotAllowed} />
      </Page>
    )
  return (
    <Page
      title={connectorsText.newTitle}
      width="full"
      description={files ? words.keptHere : connectorsText.newHint}
    >
      {files ? (
        <Workbench
          name="new"
          saved={{ files, revision: null }}
          start={files}
          readme=""
          drawForm={drawForm}
          onDiscard={() => {
            keepFiles('new', undefined)
            setFiles(undefined)
          }}
          onSaved={(name, saved) => {
            toastDone(words.savedAs(name))
            void leaveToItsPage(name, saved).then(() =>
              navigate({ to: '/connectors/$name', params: { name }, replace: true }),
            )
          }}
        />
      ) : (
        <StartingPoints
          onChoose={(begun) => {
            keepFiles('new', begun)
            setFiles(begun)
            setChosen(chosen + 1)
          }}
        />
      )}
    </Page>
  )
}

/** Its own page has to find it in the list, and goes on where the writing is when it opens. */
async function leaveToItsPage(name: string, saved: Saved): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: api.connectors.own.queryKey() })
  handOver({ name, ...saved, place: writingPlace() })
}
