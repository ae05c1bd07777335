import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type CompletionSource,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { codeColours, codeFocusRing } from '../ui/code-looks.ts'

/** Something wrong in the text, by its line (from 1). */
export interface CodeProblem {
  readonly line: number
  readonly message: string
}

/** The selection in a text, how far it is scrolled, and whether the keys go there. */
export interface Caret {
  readonly anchor: number
  readonly head: number
  readonly top: number
  readonly focused: boolean
}

interface CodeEditorProps {
  readonly label: string
  /** The text when the editor opens; give the editor another key to open another text. */
  readonly text: string
  readonly readOnly: boolean
  readonly problems: readonly CodeProblem[]
  /** The line (from 1) to go to. Each new object goes there once. */
  readonly goTo?: { readonly line: number } | undefined
  /** Where to go on when it opens; the beginning unless given. */
  readonly goOnAt?: Caret | undefined
  /** What Ctrl+Space suggests; nothing unless given. */
  readonly complete?: CompletionSource | undefined
  readonly onChange: (text: string) => void
}

/** An editor for YAML and JSON. F8 goes to the next problem; Tab moves on, it does not indent. */
export function CodeEditor(props: CodeEditorProps): ReactNode {
  const { label, text, readOnly, problems, goTo, goOnAt, onChange } = props
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const changed = useEffectEvent(onChange)
  const opened = useEffectEvent(() => [
    ...extensions(label, readOnly, (next) => changed(next)),
    ...(props.complete
      ? [autocompletion({ override: [props.complete], activateOnTyping: false, icons: false })]
      : []),
  ])
  const first = useRef(text)
  const goOn = useEffectEvent((editor: EditorView) => goOnAt && restore(editor, goOnAt))
  useLayoutEffect(() => {
    if (!place.current) return undefined
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({ doc: first.current, extensions: opened() }),
    })
    view.current = editor
    goOn(editor)
    return () => editor.destroy()
  }, [])
  useEffect(() => {
    const editor = view.current
    if (editor)
      editor.dispatch(
        setDiagnostics(
          editor.state,
          problems.flatMap((problem) => diagnosticOf(editor.state, problem)),
        ),
      )
  }, [problems])
  useEffect(() => {
    const editor = view.current
    if (!editor || !goTo) return
    const line = editor.state.doc.line(Math.min(Math.max(goTo.line, 1), editor.state.doc.lines))
    const anchor = line.from + line.text.search(/\S|$/)
    editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
    editor.focus()
  }, [goTo])
  return <div ref={place} className="h-full min-h-0 overflow-hidden" />
}

/** Before the browser paints or the next key comes, so that nobody notices that it is another editor. */
function restore(editor: EditorView, { anchor, head, top, focused }: Caret): void {
  const end = editor.state.doc.length
  editor.dispatch({ selection: { anchor: Math.min(anchor, end), head: Math.min(head, end) } })
  editor.scrollDOM.scrollTop = top
  if (focused) editor.focus()
}

function extensions(label: string, readOnly: boolean, onChange: (text: string) => void) {
  return [
    lineNumbers(),
    foldGutter(),
    history(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    lintGutter(),
    yaml(),
    syntaxHighlighting(codeColours),
    keymap.of([...closeBracketsKeymap, ...ownKeys, ...historyKeymap, ...foldKeymap, ...lintKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    EditorState.readOnly.of(readOnly),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString())
    }),
    theme,
  ]
}

/** Ctrl and Enter together try the connector. */
const ownKeys = defaultKeymap.filter(({ key }) => key !== 'Mod-Enter')

function diagnosticOf(state: EditorState, { line, message }: CodeProblem): readonly Diagnostic[] {
  if (line < 1 || line > state.doc.lines) return []
  const { from, to } = state.doc.line(line)
  return [{ from, to, severity: 'error', message }]
}

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '0.75rem', color: 'var(--text)', backgroundColor: 'var(--surface)' },
  // The library's own class comes a moment after the focus.
  ...codeFocusRing,
  '.cm-scroller': { fontFamily: 'var(--font-mono, ui-monospace, monospace)', lineHeight: '1.25rem' },
  '.cm-gutters': { backgroundColor: 'var(--canvas)', color: 'var(--muted)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--subtle)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection': {
    backgroundColor: 'var(--accent-soft) !important',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--text)',
  },
  '.cm-completionInfo': { padding: '0.375rem 0.5rem', maxWidth: '20rem' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--subtle)', border: 'none', color: 'var(--muted)' },
})
