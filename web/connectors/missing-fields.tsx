import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { connectorsText } from '../strings/connectors.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { toastDone, toastFailed } from '../ui/toaster.tsx'
import { completeRecord, fieldsMissing, type TriedRows } from './complete-record.ts'
import { recordOf } from './record-of.ts'
import type { WorkbenchState } from './use-workbench.ts'

interface MissingFieldsProps {
  readonly bench: WorkbenchState
  readonly object: string
  readonly rows: TriedRows
  readonly onOpen: (file: string, line: number) => void
}

/** Fields that the records have and the object’s record schema lacks, which can be written there at once. */
export function MissingFields({ bench, object, rows, onOpen }: MissingFieldsProps): ReactNode {
  const { files, checked, replace } = bench
  const known = checked?.objects.find((one) => one.object === object)?.fields
  const names = known
    ? fieldsMissing(
        rows,
        known.map(({ path }) => path),
      )
    : []
  if (names.length === 0) return null
  const add = async (): Promise<void> => {
    const file = await recordOf(files.manifest, object)
    const text = file === undefined ? undefined : completeRecord(files.records[file] ?? '', rows, names)
    if (file === undefined || text === undefined) return toastFailed(connectorsText.notAdded)
    replace({ ...files, records: { ...files.records, [file]: text } })
    onOpen(file, 1)
    toastDone(connectorsText.addedMissing)
  }
  return (
    <Notice
      tone="info"
      title={connectorsText.missing(names)}
      actions={
        <Button size="small" icon={Plus} onClick={() => void add()}>
          {connectorsText.addMissing(names.length)}
        </Button>
      }
    >
      <p>{connectorsText.missingHint}</p>
    </Notice>
  )
}
