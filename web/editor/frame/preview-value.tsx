import type { ReactNode } from 'react'
import { previewStrings as words } from '../../strings/editor-preview.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { isEmpty, wholeText } from './preview-facts.ts'
import type { Preview, PreviewSide } from './preview-facts.ts'
import type { CellPlace } from './use-cell-keys.ts'

interface PreviewValueProps {
  readonly preview: Preview
  readonly side: PreviewSide
  readonly place: CellPlace
  readonly onClose: () => void
  /** It is gone: the focus has to go somewhere. */
  readonly onClosed: () => void
}

/** One value of the preview as a whole. */
export function PreviewValue({ preview, side, place, onClose, onClosed }: PreviewValueProps): ReactNode {
  const column = preview.columns[place.column]
  if (!column) return null
  const { field, type } = column
  const value = preview[side][place.row]?.[field]
  const text = wholeText(value, type)
  const cut = preview.cuts.find((one) => one.side === side && one.row === place.row && one.field === field)
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={words.valueOf(field, place.row + 1)}
      description={words.valueHint(type, words[side])}
      textOnly
      onCloseAutoFocus={(event) => {
        event.preventDefault()
        onClosed()
      }}
    >
      {cut && (
        <div className="mb-3">
          <Notice tone="warn">{words.cut(cut.bytes)}</Notice>
        </div>
      )}
      {isEmpty(value) ? (
        <p className="text-muted">{words.noValue}</p>
      ) : (
        <div className="bg-subtle relative rounded-lg border">
          <div className="absolute top-1 right-1">
            <CopyButton text={text} label={words.copyValue} />
          </div>
          <pre className="p-3 pr-12 font-mono text-xs break-words whitespace-pre-wrap">{text}</pre>
        </div>
      )}
    </Dialog>
  )
}
