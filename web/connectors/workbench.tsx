import { CircleCheck, Download, TriangleAlert, Undo2 } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import type { ConnectorForm } from '../api/answers.ts'
import { useMay } from '../api/session.ts'
import { useShortcut } from '../keyboard/use-shortcut.ts'
import { connectorsText } from '../strings/connectors.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { download } from '../ui/download.ts'
import { CodeEditor } from './code-editor.tsx'
import { FileList, manifestFile } from './file-list.tsx'
import type { ConnectorFiles } from './kept-files.ts'
import { Outcome } from './outcome.tsx'
import { useWorkbench, type WorkbenchState } from './use-workbench.ts'

interface WorkbenchProps {
  readonly name: string
  /** The files on the server; undefined for a connector that is not there. */
  readonly original: ConnectorFiles | undefined
  readonly start: ConnectorFiles
  readonly readme: string
  readonly drawForm: (form: ConnectorForm) => ReactNode
  readonly onDiscard: () => void
}

/** Files at the left, the text in the middle, and at the right what it makes: problems, dialog, objects, types, a try. */
export function Workbench({ name, original, start, readme, drawForm, onDiscard }: WorkbenchProps): ReactNode {
  const mayEdit = useMay()('connectors.check')
  const bench = useWorkbench(name, start, mayEdit)
  const [file, setFile] = useState(manifestFile)
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
  useShortcut('checkManifest', bench.check, mayEdit)
  const change = (next: string): void =>
    bench.change(
      file === manifestFile
        ? { ...files, manifest: next }
        : { ...files, records: { ...files.records, [file]: next } },
    )
  return (
    <>
      <BenchBar
        bench={bench}
        edited={files !== original && start !== original}
        mayEdit={mayEdit}
        onDiscard={onDiscard}
      />
      <div className="grid gap-3 xl:h-[calc(100dvh-11rem)] xl:grid-cols-[12rem_minmax(0,1fr)_minmax(0,26rem)]">
        <FileList
          files={files}
          file={file}
          problems={checked?.problems ?? []}
          mayEdit={mayEdit}
          onOpen={setFile}
          onChange={bench.change}
        />
        <div className="h-[28rem] min-h-0 overflow-hidden rounded-lg border xl:h-auto">
          <CodeEditor
            key={file}
            label={connectorsText.editorLabel(file)}
            text={text}
            readOnly={!mayEdit}
            problems={problems}
            onChange={change}
          />
        </div>
        <Outcome name={name} bench={bench} readme={readme} drawForm={drawForm} onOpen={setFile} />
      </div>
    </>
  )
}

interface BenchBarProps {
  readonly bench: WorkbenchState
  readonly edited: boolean
  readonly mayEdit: boolean
  readonly onDiscard: () => void
}

function BenchBar({ bench, edited, mayEdit, onDiscard }: BenchBarProps): ReactNode {
  const [asking, setAsking] = useState(false)
  const { checked, checking, check, files } = bench
  if (!mayEdit) return <p className="text-muted mb-3">{connectorsText.notAllowed}</p>
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <span aria-live="polite" className="flex flex-1 flex-wrap gap-2">
        {checked && checked.problems.length === 0 && (
          <Badge tone="ok" icon={CircleCheck}>
            {connectorsText.sound}
          </Badge>
        )}
        {checked && checked.problems.length > 0 && (
          <Badge tone="warn" icon={TriangleAlert}>
            {connectorsText.problems(checked.problems.length)}
          </Badge>
        )}
        {edited && <Badge>{connectorsText.edited}</Badge>}
      </span>
      {edited && (
        <Button icon={Undo2} onClick={() => setAsking(true)}>
          {connectorsText.discard}
        </Button>
      )}
      <span title={connectorsText.saveFilesHint}>
        <Button icon={Download} onClick={() => saveFiles(files)}>
          {connectorsText.saveFiles}
        </Button>
      </span>
      <Button look="primary" busy={checking} onClick={check}>
        {checking ? connectorsText.checking : connectorsText.check}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={connectorsText.discardTitle}
        action={connectorsText.discard}
        onConfirm={onDiscard}
      >
        <p>{connectorsText.discardText}</p>
      </ConfirmDialog>
    </div>
  )
}

function saveFiles({ manifest, records }: ConnectorFiles): void {
  download(manifestFile, 'application/yaml', manifest)
  for (const [file, text] of Object.entries(records))
    download(file.split('/').at(-1) ?? file, 'application/json', text)
}
