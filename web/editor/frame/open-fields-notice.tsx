import { ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { findObject } from '../document/catalogue.ts'
import { openFields } from '../document/summarise-step.ts'
import { allOpenFields } from '../document/validate-draft-objects.ts'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorState } from '../state/editor-store.ts'

const documentOf = (state: EditorState): EditorState['content']['document'] => state.content.document

/** Before it is live: how many sensitive fields land as they are, and one press that hashes them. Nothing where none does. */
export function OpenFieldsNotice(): ReactNode {
  const store = useEditorStore()
  const { catalogue } = useSurroundings()
  const document = useEditor(documentOf)
  const open = Object.entries(document.objects).flatMap(([name, choice]) =>
    openFields(findObject(catalogue, name)?.fields ?? [], choice?.fields ?? {}),
  )
  if (open.length === 0) return null
  const hash = (): void => {
    const fields = allOpenFields(document, catalogue)
    store.getState().run({ type: 'setProtection', fields, protection: 'hash' })
  }
  return (
    <Notice
      tone="warn"
      actions={
        <Button size="small" icon={ShieldCheck} onClick={hash}>
          {words.hashThem}
        </Button>
      }
    >
      {words.openFields(open.length)}
    </Notice>
  )
}
