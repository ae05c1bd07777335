import { type ReactNode, useMemo, useState } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { connectorsText } from '../strings/connectors.ts'
import { CodeEditor } from './code-editor.tsx'
import { completeManifest } from './complete-manifest.ts'
import type { WritingPlace } from './first-save.ts'
import { FileList } from './file-list.tsx'
import { manifestFile } from './manifest-file.ts'
import { Outcome } from './outcome.tsx'
import { ReaderOutcome } from './reader-outcome.tsx'
import type { WorkbenchState } from './use-workbench.ts'

interface BenchFilesProps {
  readonly name: string
  readonly bench: WorkbenchState
  readonly mayEdit: boolean
  /** The file that is open. */
  readonly file: string
  readonly place: WritingPlace | undefined
  readonly readme: string
  readonly drawForm: (form: ConnectorForm) => ReactNode
  readonly onOpen: (file: string) => void
}

/** Files at the left, the text in the middle, and at the right what it makes: problems, dialog, objects, types, a try. */
export function BenchFiles(props: BenchFilesProps): ReactNode {
  const { name, bench, mayEdit, file, place: goOnAt, readme, drawForm, onOpen } = props
  const { files, checked } = bench
  const text = file === manifestFile ? files.manifest : (files.records[file] ?? '')
  const problems = useMemo(
    () =>
      checked?.problems.flatMap((problem) =>
        problem.file === file && problem.line !== undefined
          ? [{ line: problem.line, message: `${problem.message} ${problem.fix}` }]
          : [],
      ) ?? [],
    [checked, file],
  )
  const [place, setPlace] = useState<{ readonly file: string; readonly line: number }>()
  const openAt = (of: string, line?: number): void => {
    onOpen(of)
    setPlace(line === undefined ? undefined : { file: of, line })
  }
  const change = (next: string): void =>
    bench.change(
      file === manifestFile
        ? { ...files, manifest: next }
        : { ...files, records: { ...files.records, [file]: next } },
    )
  return (
    <div className="grid gap-3 xl:h-[calc(100dvh-11rem)] xl:grid-cols-[12rem_minmax(0,1fr)_minmax(0,26rem)]">
      <FileList
        files={files}
        file={file}
        problems={checked ? [...checked.problems, ...checked.warnings] : []}
        mayEdit={mayEdit}
        onOpen={openAt}
        onChange={bench.change}
      />
      <div data-file={file} className="h-[28rem] min-h-0 overflow-hidden rounded-lg border xl:h-auto">
        <CodeEditor
          key={`${file} ${bench.opened}`}
          label={connectorsText.editorLabel(file)}
          text={text}
          readOnly={!mayEdit}
          goOnAt={goOnAt?.file === file ? goOnAt : undefined}
          problems={problems}
          goTo={place?.file === file ? place : undefined}
          complete={mayEdit && file === manifestFile ? completeManifest : undefined}
          onChange={change}
        />
      </div>
      {mayEdit ? (
        <Outcome name={name} bench={bench} readme={readme} drawForm={drawForm} onOpen={openAt} />
      ) : (
        <ReaderOutcome name={name} readme={readme} drawForm={drawForm} />
      )}
    </div>
  )
}
