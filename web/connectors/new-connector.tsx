import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { connectorVersionsText as words } from '../strings/connector-versions.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Page } from '../ui/page.tsx'
import { toastDone } from '../ui/toaster.tsx'
import { type ConnectorFiles, keepFiles, keptFiles } from './kept-files.ts'
import { StartingPoints } from './starting-points.tsx'
import { Workbench } from './workbench.tsx'

interface NewConnectorProps {
  readonly drawForm: (form: ConnectorForm) => ReactNode
}

/** A connector that is nowhere but in this browser yet. Once it is saved it has a page of its own. */
export function NewConnector({ drawForm }: NewConnectorProps): ReactNode {
  const navigate = useNavigate()
  const [files, setFiles] = useState<ConnectorFiles | undefined>(() => keptFiles('new'))
  const [chosen, setChosen] = useState(0)
  // Whoever has chosen what to begin with goes on with writing.
  useEffect(() => {
    if (chosen > 0) document.querySelector<HTMLElement>('.cm-content')?.focus({ preventScroll: true })
  }, [chosen])
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
          onSaved={(name) => {
            toastDone(words.savedAs(name))
            void navigate({ to: '/connectors/$name', params: { name }, replace: true })
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
