import type { EditorView } from '@codemirror/view'
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { screenStrings as words } from '../../strings/editor-screen.ts'
import { toastFailed } from '../../ui/toaster.tsx'
import type { DraftDocument } from '../document/draft-document.ts'
import { useEditor, useEditorStore, useSurroundings } from '../state/editor-context.ts'
import type { EditorState, EditorStore } from '../state/editor-store.ts'
import { placeInYaml, readYaml, writeYaml } from './yaml-document.ts'
import type { TextProblem } from './yaml-document.ts'
import { createYamlEditor, replaceText, showProblems } from './yaml-editor.ts'

const documentOf = (state: EditorState): DraftDocument => state.content.document
const isReadOnly = (state: EditorState): boolean => state.readOnly

/** The pipeline as YAML. What is typed is taken over as one command when it is a pipeline; until then its faults are shown where they are. */
export function YamlView(): ReactNode {
  const { parent, faults } = useYamlText()
  return (
    <section aria-label={words.yamlTitle} className="flex h-full min-h-0 flex-col">
      <p className="text-muted border-b px-4 py-2">{words.yamlHint}</p>
      <div ref={parent} className="min-h-0 flex-1 overflow-hidden" />
      {faults.length > 0 && (
        <div role="alert" className="bg-bad-soft text-bad max-h-32 overflow-y-auto border-t px-4 py-2">
          <ul>
            {faults.map(({ line, message, from }) => (
              <li key={`${from} ${message}`}>{words.yamlProblem(line, message)}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

interface YamlText {
  readonly parent: React.RefObject<HTMLDivElement | null>
  readonly faults: readonly TextProblem[]
}

/** A text field that follows the document, and gives back what was typed when it is left. Text with a mistake waits for whoever comes back. */
function useYamlText(): YamlText {
  const store = useEditorStore()
  const document = useEditor(documentOf)
  const readOnly = useEditor(isReadOnly)
  const parent = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const followed = useRef(document)
  const [text, setText] = useState(() => firstText(store))
  const commit = useEffectEvent((): readonly TextProblem[] => {
    const { run, say, content } = store.getState()
    // The parts of a stored document stand in another order than those of the text: that alone is no edit.
    if (!view.current || isText(view.current, content.document)) return []
    const typed = readYaml(view.current.state.doc.toString())
    if ('problems' in typed) return typed.problems
    if (run({ type: 'replaceDocument', document: typed.document })) say(words.yamlApplied)
    return []
  })
  const start = useEffectEvent((element: HTMLElement) =>
    createYamlEditor({
      parent: element,
      text,
      label: words.yamlEditor,
      readOnly,
      onChange: setText,
      onCommit: () => void commit(),
    }),
  )
  useEffect(() => {
    if (!parent.current) return undefined
    const editor = start(parent.current)
    view.current = editor
    return () => {
      keepUnread(store, editor.state.doc.toString(), commit())
      editor.destroy()
    }
  }, [store])
  useEffect(() => {
    if (followed.current === document) return
    followed.current = document
    if (view.current && !isText(view.current, document)) replaceText(view.current, writeYaml(document))
  }, [document])
  return { parent, faults: useShownProblems(view, text) }
}

/** What was left with a mistake in it, unless the pipeline was changed in another view meanwhile; else the document. */
function firstText(store: EditorStore): string {
  const { unreadYaml, content } = store.getState()
  return unreadYaml?.document === content.document ? unreadYaml.text : writeYaml(content.document)
}

/** Another view is shown now: text that could not be taken over is kept, and that is said. */
function keepUnread(store: EditorStore, text: string, [problem]: readonly TextProblem[]): void {
  const { view, show, content } = store.getState()
  show({ unreadYaml: problem && { text, document: content.document } })
  if (problem && view !== 'yaml') toastFailed(words.yamlNotApplied(problem.line))
}

/** Shows in the text what is wrong with its form, or, where it has none, with its meaning. Gives the former. */
function useShownProblems(
  view: React.RefObject<EditorView | undefined>,
  text: string,
): readonly TextProblem[] {
  const { problems } = useSurroundings()
  const faults = useMemo(() => {
    const read = readYaml(text)
    return 'problems' in read ? read.problems : []
  }, [text])
  useEffect(() => {
    if (!view.current) return
    const pointers = problems.map(({ pointer }) => pointer)
    const places = placeInYaml(text, pointers)
    const said = problems.flatMap(({ message, fix, severity }, index): readonly TextProblem[] => {
      const place = places[index]
      return place ? [{ ...place, severity, message: `${message} ${fix}` }] : []
    })
    showProblems(view.current, faults.length > 0 ? faults : said)
  }, [view, text, problems, faults])
  return faults
}

/** Whether what is typed says the same as the document: then it is left as it was typed. */
function isText(view: EditorView, document: DraftDocument): boolean {
  const typed = readYaml(view.state.doc.toString())
  return 'document' in typed && writeYaml(typed.document) === writeYaml(document)
}
