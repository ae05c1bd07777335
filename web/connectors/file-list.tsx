import { Braces, FileCode2, Plus, X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { connectorsText } from '../strings/connectors.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { byName } from '../ui/by-name.ts'
import { classNames } from '../ui/class-names.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { ConnectorFiles } from './kept-files.ts'
import { manifestFile } from './manifest-file.ts'
import type { CheckAnswer } from './use-workbench.ts'

interface FileListProps {
  readonly files: ConnectorFiles
  readonly file: string
  readonly problems: CheckAnswer['problems']
  readonly mayEdit: boolean
  /** Opens a file; with a line, to write there. */
  readonly onOpen: (file: string, line?: number) => void
  readonly onChange: (files: ConnectorFiles) => void
}

/** The connector's files, with the number of problems and warnings in each. */
export function FileList({ files, file, problems, mayEdit, onOpen, onChange }: FileListProps): ReactNode {
  const [adding, setAdding] = useState(false)
  const remove = (gone: string): void => {
    const { [gone]: _, ...records } = files.records
    onOpen(manifestFile)
    onChange({ ...files, records })
  }
  const add = async (name: string): Promise<void> => {
    const path = `records/${name}.schema.json`
    const { beginRecord } = await import('./begin-record.ts')
    const text = files.records[path] ?? beginRecord(files.manifest, path, name)
    onChange({ ...files, records: { ...files.records, [path]: text } })
    onOpen(path, 1)
    setAdding(false)
  }
  return (
    <nav
      aria-label={connectorsText.files}
      className="bg-surface min-h-0 overflow-y-auto rounded-lg border p-1 max-xl:max-h-44"
    >
      <ul>
        {[manifestFile, ...Object.keys(files.records).toSorted(byName)].map((one) => (
          <li key={one} className="flex items-center">
            <FileButton
              file={one}
              current={one === file}
              count={problems.filter((problem) => problem.file === one).length}
              onOpen={() => onOpen(one)}
            />
            {mayEdit && one === file && one !== manifestFile && (
              <IconButton
                size="small"
                icon={X}
                label={connectorsText.removeFile(one)}
                onClick={() => remove(one)}
              />
            )}
          </li>
        ))}
      </ul>
      {mayEdit && (
        <Button size="small" look="quiet" icon={Plus} onClick={() => setAdding(true)}>
          {connectorsText.addRecord}
        </Button>
      )}
      {mayEdit && file === manifestFile && (
        <p className="text-muted px-2 py-1.5 text-xs max-xl:hidden">{connectorsText.editorKeys}</p>
      )}
      {adding && (
        <AddRecord
          first={missingRecord(files)}
          onClose={() => setAdding(false)}
          onAdd={(name) => void add(name)}
        />
      )}
    </nav>
  )
}

interface FileButtonProps {
  readonly file: string
  readonly current: boolean
  readonly count: number
  readonly onOpen: () => void
}

function FileButton({ file, current, count, onOpen }: FileButtonProps): ReactNode {
  const Icon = file === manifestFile ? FileCode2 : Braces
  const short = file.replace(/^records\//, '').replace(/\.schema\.json$/, '')
  return (
    <button
      type="button"
      title={file}
      aria-current={current ? 'true' : undefined}
      onClick={onOpen}
      className={classNames(
        'flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left',
        current ? 'bg-subtle font-medium' : 'text-muted hover:bg-subtle',
      )}
    >
      <Icon aria-hidden size={14} className="shrink-0" />
      <span className="min-w-0 flex-1 truncate">{short}</span>
      {count > 0 && <Badge tone="warn">{count}</Badge>}
    </button>
  )
}

interface AddRecordProps {
  /** What stands in the field at first. */
  readonly first: string
  readonly onAdd: (name: string) => void
  readonly onClose: () => void
}

function AddRecord({ first, onAdd, onClose }: AddRecordProps): ReactNode {
  const [name, setName] = useState(first)
  const added = useRef(false)
  return (
    <FormDialog
      title={connectorsText.addRecord}
      action={connectorsText.addAction}
      onClose={onClose}
      onCloseAutoFocus={(event) => added.current && event.preventDefault()}
      onSubmit={() => {
        added.current = true
        onAdd(name.trim())
      }}
    >
      <TextField
        label={connectorsText.recordName}
        hint={connectorsText.recordHint}
        required
        pattern="[a-z][a-z0-9_\-]*"
        wrong={connectorsText.recordWrong}
        value={name}
        onChange={setName}
      />
    </FormDialog>
  )
}

/** The first file that the manifest names as a record and that is not there, as it would be typed; empty where there is none. */
function missingRecord({ manifest, records }: ConnectorFiles): string {
  const named = manifest.matchAll(/\brecord: *["']?(records\/([a-z][a-z0-9_-]*)\.schema\.json)/g)
  for (const [, file = '', name = ''] of named) if (!Object.hasOwn(records, file)) return name
  return ''
}
