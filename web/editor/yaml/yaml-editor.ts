import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import type { TextProblem } from './yaml-document.ts'
import { codeColours, codeFocusRing } from '../../ui/code-looks.ts'

interface YamlEditorParts {
  readonly parent: HTMLElement
  readonly text: string
  readonly label: string
  readonly readOnly: boolean
  readonly onChange: (text: string) => void
  /** Ctrl+Enter, and leaving the field. */
  readonly onCommit: () => void
}

/** A text field for YAML, with colours, numbers and problems in the margin. Tab leaves it, as it leaves every field. */
export function createYamlEditor(parts: YamlEditorParts): EditorView {
  const { parent, text, label, readOnly, onChange, onCommit } = parts
  return new EditorView({
    parent,
    doc: text,
    extensions: [
      lineNumbers(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      highlightActiveLine(),
      lintGutter(),
      yaml(),
      syntaxHighlighting(codeColours),
      EditorView.lineWrapping,
      keymap.of([{ key: 'Mod-Enter', run: () => (onCommit(), true) }, ...defaultKeymap, ...historyKeymap]),
      EditorState.readOnly.of(readOnly),
      EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString())
      }),
      EditorView.domEventHandlers({ blur: () => onCommit() }),
      looks,
    ],
  })
}

/** Replaces the whole text, keeping the cursor where it can stay. */
export function replaceText(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    selection: { anchor: Math.min(view.state.selection.main.anchor, text.length) },
  })
}

/** Shows problems in the margin and under the text. */
export function showProblems(view: EditorView, problems: readonly TextProblem[]): void {
  const length = view.state.doc.length
  const diagnostics = problems.map(({ from, to, message, severity }) => ({
    from: Math.min(from, length),
    to: Math.min(to, length),
    message,
    severity,
  }))
  view.dispatch(setDiagnostics(view.state, diagnostics))
}

const looks = EditorView.theme({
  '&': { height: '100%', fontSize: '0.8125rem', backgroundColor: 'var(--surface)', color: 'var(--text)' },
  '.cm-content': { fontFamily: 'var(--font-mono)', caretColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface)',
    color: 'var(--muted)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine': { backgroundColor: 'var(--subtle)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--subtle)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft) !important',
  },
  ...codeFocusRing,
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--text)', border: '1px solid var(--line)' },
})
