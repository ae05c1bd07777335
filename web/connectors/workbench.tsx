import { type ReactNode, useState } from 'react'
import type { ConnectorForm, OwnConnector } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { BenchBar } from './bench-bar.tsx'
import { BenchFiles } from './bench-files.tsx'
import { type ConnectorFiles, keepFiles, sameFiles } from './kept-files.ts'
import { manifestFile } from './manifest-file.ts'
import { SavedBar } from './saved-bar.tsx'
import { useWorkbench } from './use-workbench.ts'
import type { WritingPlace } from './first-save.ts'
import type { Saved, SavedFiles } from './use-saving.ts'

interface WorkbenchProps {
  readonly name: string
  /** The files on the server. */
  readonly saved: SavedFiles
  readonly start: ConnectorFiles
  /** Where to go on with writing; absent: nowhere yet. */
  readonly place?: WritingPlace | undefined
  readonly readme: string
  /** The connector as it is saved, where it is the workspace's own; absent: it is to be. */
  readonly own?: OwnConnector | undefined
  /** It comes with Penstock: what is edited here cannot be saved under its name. */
  readonly fixed?: boolean
  readonly drawForm: (form: ConnectorForm) => ReactNode
  /** Begins again with the files that are saved. */
  readonly onDiscard: () => void
  readonly onSaved: (name: string, saved: Saved) => void
}

/** A connector's files, with a bar above them that says how they stand. Edits are kept in this browser until they are saved. */
export function Workbench(props: WorkbenchProps): ReactNode {
  const { name, saved, start, place, readme, own, fixed = false, drawForm, onDiscard, onSaved } = props
  const mayEdit = useMay()('connectors.check')
  const [kept, setKept] = useState({ name, base: saved.revision })
  const bench = useWorkbench(start, mayEdit, (files) =>
    keepFiles(kept.name, { ...files, ...(kept.base === null ? {} : { base: kept.base }) }),
  )
  const [file, setFile] = useState(place?.file ?? manifestFile)
  const edited = !sameFiles(bench.files, saved.files)
  return (
    <>
      {fixed ? (
        <BenchBar bench={bench} edited={edited} mayEdit={mayEdit} onDiscard={onDiscard} />
      ) : (
        <SavedBar
          name={name}
          saved={saved}
          own={own}
          bench={bench}
          onReplace={(files) => {
            bench.replace(files)
            setFile(manifestFile)
          }}
          onDiscard={onDiscard}
          onSaved={(savedName, now) => {
            setKept({ name: savedName, base: now.revision })
            onSaved(savedName, now)
          }}
        />
      )}
      <BenchFiles
        name={name}
        bench={bench}
        mayEdit={mayEdit}
        file={file}
        place={bench.opened === 0 ? place : undefined}
        readme={readme}
        drawForm={drawForm}
        onOpen={setFile}
      />
    </>
  )
}
